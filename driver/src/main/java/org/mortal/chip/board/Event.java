package org.mortal.chip.board;

/// Frames outside the order of commands.
enum Event implements Coded {
  HELLO(1),
  GREETING(2),
  STOP(3),
  STOPPED(4),
  EXPECTED(8),
  PROGRESS(9),
  LOG(10),
  ALIVE(11);

  private final int code;

  Event(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
