package org.mortal.bench.program;

/// What has become of a cell.
public enum Fate {
  /// Still being programmed, or was when rounds ran out or somebody stopped the work.
  OPEN,
  /// Measured within tolerance, twice.
  DONE,
  /// The method knew no pulse that could help.
  GIVEN_UP,
  /// Pulses moved it, but then no further: what was asked for lies beyond its window, or seems to.
  UNREACHABLE,
  /// Pulses never moved it.
  STUCK,
  /// Left alone, since its budget of pulses was used up or empty.
  SPARED
}
