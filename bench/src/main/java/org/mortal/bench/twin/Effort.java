package org.mortal.bench.twin;

/// How much is measured to make a twin.
///
/// @param reads of each cell at the beginning and the end; between pulses a quarter of that
/// @param pulses whether cells may be pulsed; they are brought back
/// @param waitSeconds the longest wait after pulses; 0 for none
/// @param seed of vectors and pulses that are drawn
public record Effort(int reads, boolean pulses, double waitSeconds, long seed) {
  private static final int LEAST_READS = 8;

  public Effort {
    if (reads < LEAST_READS) {
      throw new IllegalArgumentException(
          "a twin needs at least %d reads of each cell, not %d".formatted(LEAST_READS, reads));
    }
    if (!(waitSeconds >= 0 && waitSeconds <= 1e6)) {
      throw new IllegalArgumentException(
          "the longest wait is from 0 to 1e6 s, not %g s".formatted(waitSeconds));
    }
  }

  int readsBetweenPulses() {
    return Math.max(4, reads / 4);
  }
}
