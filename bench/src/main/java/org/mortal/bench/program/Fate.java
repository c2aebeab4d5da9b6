package org.mortal.bench.program;

/// What has become of a cell.
public enum Fate {
  /// Still being programmed, or was when rounds ran out or somebody stopped the work.
  OPEN,
  /// Measured within tolerance, twice.
  DONE,
  /// The method knew no pulse that could help.
  GIVEN_UP,
  /// Pulses moved it no further, and had moved it before or met it at the end of its window: what was asked for seems to lie
  /// beyond its reach.
  UNREACHABLE,
  /// Pulses never moved it, though there was room.
  STUCK,
  /// Left alone, since its budget of pulses was used up or empty.
  SPARED
}
