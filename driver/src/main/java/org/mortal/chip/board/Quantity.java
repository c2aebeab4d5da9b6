package org.mortal.chip.board;

/// What was out of limits.
enum Quantity implements Coded {
  NONE(0),
  ROW_VOLTS(1),
  BIAS_AMPS(2),
  SET_VOLTS(3),
  RESET_VOLTS(4),
  PULSE_SECONDS(5),
  PULSE_COUNT(6),
  TARGET_SIEMENS(7),
  ARRAY(8),
  CELL(9);

  private final int code;

  Quantity(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
