package org.mortal.bench.selftest;

/// One thing that was looked at, and whether it is as it should be.
///
/// @param array it was found on, or null where it concerns the whole chip
/// @param value what was found, in the unit that `detail` names
/// @param limit the highest value that passes
/// @param detail one line: what the value is, and where it is worst
public record Check(
    String name, Integer array, boolean passed, double value, double limit, String detail) {

  /// Passes while `value` is at most `limit`; a value that is no number does not.
  static Check atMost(String name, Integer array, double value, double limit, String detail) {
    return new Check(name, array, value <= limit, value, limit, detail);
  }
}
