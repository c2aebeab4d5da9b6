package org.mortal.learning;

/// How estimates reach the cells.
public interface Writer {

  /// Takes one step against `deltas`.
  ///
  /// @param share of the full rate to use now
  void write(Deltas deltas, double share);
}
