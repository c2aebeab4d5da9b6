package org.mortal.learning;

import org.mortal.kernel.Philox;

/// Drops entries at random in training, and scales them by the share that is kept afterwards.
///
/// Source: Srivastava et al., JMLR 15, 1929 (2014).
///
/// @param input share of inputs dropped, in steps of 1/256
/// @param hidden share of hidden units dropped, in steps of 1/256
public record Dropout(double input, double hidden) {
  public static final Dropout NONE = new Dropout(0, 0);

  public Dropout {
    if (!(input >= 0 && input < 1 && hidden >= 0 && hidden < 1)) {
      throw new LearningException(
          "dropout of %g and %g: a share is at least 0 and below 1".formatted(input, hidden));
    }
  }

  /// Sets entries of a row to 0, each with probability `share`.
  ///
  /// @param key the random stream
  /// @param row the number of the row in that stream: the same number, the same mask
  static void drop(float[] values, double share, long key, long row) {
    int threshold = (int) Math.round(share * 256);
    if (threshold == 0) {
      return;
    }
    for (int i = 0; i < values.length; i += 8) {
      long random = Philox.key(key + row, i);
      int end = Math.min(8, values.length - i);
      for (int k = 0; k < end; k++) {
        // All ones where the entry is kept: half of the branches would be mispredicted.
        int kept = ~((int) (random >>> (8 * k) & 0xff) - threshold >> 31);
        values[i + k] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i + k]) & kept);
      }
    }
  }
}
