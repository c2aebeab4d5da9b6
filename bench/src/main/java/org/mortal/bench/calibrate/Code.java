package org.mortal.bench.calibrate;

import org.mortal.chip.Read;

/// Which rows are driven together: a simplex code, in which each row of a block is driven by half of the block's vectors.
///
/// Of a block of `2^k - 1` rows as many vectors each drive `2^(k-1)`. Decoding weighs all of them alike, so the noise that a
/// read has whatever is driven shrinks by `2^k / 2` against reading rows one by one (Harwit and Sloane, Hadamard Transform
/// Optics, Academic Press 1979, who call it the S-matrix). A block of one row is a row by itself.
///
/// @param sense columns that are connected
/// @param rows of the array
/// @param block rows that are coded together, `2^k - 1`
/// @param low share of the highest voltage on rows that are not driven: 0, or just enough to hold them where lines float
/// @param high share of the highest voltage on driven rows
record Code(Read.Sense sense, int rows, int block, float low, float high) {
  Code {
    if (Integer.bitCount(block + 1) != 1 || !(low >= 0 && high > low && high <= 1)) {
      throw new IllegalArgumentException(
          "a code has blocks of 2^k - 1 rows and 0 <= low < high <= 1, not %d, %g, %g"
              .formatted(block, low, high));
    }
  }

  private int blocks() {
    return Math.ceilDiv(rows, block);
  }

  /// Vectors that drive no row, the first ones of each pass, where rows that are not driven are not quite at ground.
  int bases() {
    return low == 0 ? 0 : (int) Math.ceil(Math.sqrt(rows));
  }

  /// Vectors of one pass.
  int vectors() {
    return bases() + blocks() * block;
  }

  private static boolean drives(int pattern, int row) {
    return (Integer.bitCount((pattern + 1) & (row + 1)) & 1) == 1;
  }

  /// The vectors of one pass, in shares of the highest voltage.
  float[][] shares() {
    float[][] shares = new float[vectors()][rows];
    for (int n = 0; n < shares.length; n++) {
      int coded = n - bases();
      for (int r = 0; r < rows; r++) {
        boolean driven =
            coded >= 0 && r / block == coded / block && drives(coded % block, r % block);
        shares[n][r] = driven ? high : low;
      }
    }
    return shares;
  }

  /// What each row alone adds to the output where it is driven.
  ///
  /// @param pass one number for each vector of a pass; linear in these
  double[] decode(double[] pass) {
    double base = 0;
    for (int n = 0; n < bases(); n++) {
      base += pass[n] / bases();
    }
    double[] decoded = new double[rows];
    for (int r = 0; r < rows; r++) {
      int first = bases() + r / block * block;
      double sum = 0;
      for (int k = 0; k < block; k++) {
        double one = pass[first + k] - base;
        sum += drives(k, r % block) ? one : -one;
      }
      decoded[r] = 2 * sum / (block + 1);
    }
    return decoded;
  }
}
