package org.mortal.chip.board;

/// How a command ended.
enum Status implements Coded {
  OK(0),
  OUT_OF_LIMITS(1),
  BAD_REQUEST(2),
  BAD_STATE(3),
  STOPPED(4),
  SILENT(5),
  LATE(6),
  UNSUPPORTED(7),
  COMPLIANCE(8),
  HARDWARE(9);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
