package org.mortal.chip.board;

/// What a board counts, in the order of the reply to COUNTERS.
enum CounterName implements Coded {
  VECTORS(0),
  PULSES(1),
  CELL_WRITES(2),
  COMMANDS(3),
  REFUSALS(4),
  FRAMES_IN(5),
  FRAMES_OUT(6),
  CRC_ERRORS(7),
  RESYNCS(8),
  REPEATS(9),
  GAPS(10),
  OVERFLOWS(11),
  STOPS(12),
  SILENCES(13),
  LATES(14);

  private final int code;

  CounterName(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
