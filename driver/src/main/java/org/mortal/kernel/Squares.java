package org.mortal.kernel;

/// Squares of a row of numbers, and their sums.
public final class Squares {
  /// Strands that a sum is made in, one for each lane of the widest vector; a plain float sum is one long chain.
  static final int STRANDS = 16;

  private static final boolean VECTORS = Kernels.vectorModulePresent();

  private Squares() {}

  /// Replaces the first `count` values by their squares and adds each to its place in `sums`.
  ///
  /// @return all squares added up, in 16 strands: number `i` belongs to strand `i % 16`, numbers behind the last whole sixteen
  ///     to none
  public static float square(float[] values, float[] sums, int count) {
    float[] strands = new float[STRANDS];
    int whole = count / STRANDS * STRANDS;
    if (VECTORS) {
      VectorSquares.square(values, sums, strands, whole);
    } else {
      plain(values, sums, strands, whole);
    }
    float sum = 0;
    for (int i = whole; i < count; i++) {
      values[i] *= values[i];
      sums[i] += values[i];
      sum += values[i];
    }
    for (float strand : strands) {
      sum += strand;
    }
    return sum;
  }

  /// Number by number: the portable twin of [VectorSquares].
  static void plain(float[] values, float[] sums, float[] strands, int count) {
    for (int i = 0; i < count; i++) {
      values[i] *= values[i];
      sums[i] += values[i];
      strands[i % STRANDS] += values[i];
    }
  }
}
