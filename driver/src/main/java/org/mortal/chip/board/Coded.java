package org.mortal.chip.board;

/// A constant of the command list: the wire carries its number.
interface Coded {

  int code();

  /// The one of `values` with that number, or null where the list has none.
  static <E extends Coded> E find(E[] values, int code) {
    for (E value : values) {
      if (value.code() == code) {
        return value;
      }
    }
    return null;
  }
}
