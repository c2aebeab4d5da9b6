package org.mortal.sim;

/// Sums that a compiler can make with vector instructions.
final class Sums {
  private static final int STRANDS = 16;

  private Sums() {}

  /// The first `count` values added up in 16 strands, which fit a vector register; a plain float sum is one long chain.
  static float of(float[] values, int count) {
    float[] strands = new float[STRANDS];
    int whole = count / STRANDS * STRANDS;
    for (int i = 0; i < whole; i += STRANDS) {
      for (int k = 0; k < STRANDS; k++) {
        strands[k] += values[i + k];
      }
    }
    float sum = 0;
    for (int i = whole; i < count; i++) {
      sum += values[i];
    }
    for (float strand : strands) {
      sum += strand;
    }
    return sum;
  }
}
