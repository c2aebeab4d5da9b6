package org.mortal.chip.board;

/// Why the board started.
enum Cause implements Coded {
  POWER(0),
  PIN(1),
  SOFTWARE(2),
  WATCHDOG(3),
  UNKNOWN(4);

  private final int code;

  Cause(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
