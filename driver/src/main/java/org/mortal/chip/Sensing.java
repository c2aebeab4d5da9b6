package org.mortal.chip;

/// How the columns of an array meet its sense amplifiers.
public enum Sensing {
  /// Each column has its own output.
  SINGLE,

  /// Output `j` is the current of column `j` minus that of column `j + columns / 2`, subtracted before the converter.
  DIFFERENTIAL
}
