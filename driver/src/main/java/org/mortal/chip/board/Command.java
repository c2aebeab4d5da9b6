package org.mortal.chip.board;

/// What the board carries out: once, in order, each answered by one reply.
enum Command implements Coded {
  PING(16),
  READ(17),
  BIAS(18),
  PULSE(19),
  PROGRAM(20),
  COUNTERS(21),
  SETTING_GET(22),
  SETTING_SET(23),
  GROUND(24),
  RESUME(25),
  RESET(26);

  private final int code;

  Command(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
