package org.mortal.bench.calibrate;

/// What a calibration is to do.
///
/// @param reads of each cell, all ways of reading it together; other stages read in proportion
/// @param seed of biases, vectors and pulses that are drawn
/// @param pulses whether cells may be pulsed; they are brought back
/// @param driftSeconds over which drift is watched
public record Settings(int reads, long seed, boolean pulses, double driftSeconds) {
  /// Fewer leave spreads unknown.
  public static final int LEAST_READS = 16;

  public Settings {
    if (reads < LEAST_READS || !(driftSeconds >= 0)) {
      throw new IllegalArgumentException(
          "at least %d reads and no negative time, not %d and %g s"
              .formatted(LEAST_READS, reads, driftSeconds));
    }
  }
}
