package org.mortal.chip.board;

/// How samples of a read are written: as whole numbers times a scale, or as floats.
enum Format implements Coded {
  U8(1, 1),
  U16(2, 2),
  I16(3, 2),
  F32(4, 4);

  private final int code;
  private final int bytes;

  Format(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  @Override
  public int code() {
    return code;
  }

  /// Of one sample.
  int bytes() {
    return bytes;
  }
}
