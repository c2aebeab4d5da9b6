package org.mortal.chip.calibrated;

/// What is added to the currents of the columns, as a matrix of low rank: `volts * in * out`.
///
/// What wires take away is smooth along rows and columns, so that a few products with whole lines give it back: for `k` of
/// them, `k (rows + columns)` multiplications a vector where the array does `rows * columns`.
///
/// @param in rows x k
/// @param out k x columns, in siemens
public record LowRank(float[][] in, float[][] out) {
  /// Nothing to add.
  public static final LowRank NONE = new LowRank(new float[0][], new float[0][]);

  public LowRank {
    for (float[] row : in) {
      if (row.length != out.length) {
        throw new IllegalArgumentException(
            "a correction by %d products has %d".formatted(out.length, row.length));
      }
    }
  }

  /// Number of products.
  public int rank() {
    return out.length;
  }
}
