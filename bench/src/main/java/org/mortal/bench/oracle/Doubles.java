package org.mortal.bench.oracle;

import org.mortal.kernel.Batch;

/// Sums in double precision, so that what is left between an oracle and a chip is the chip's.
final class Doubles {
  private Doubles() {}

  static double[][] of(Batch batch) {
    double[][] copy = new double[batch.rows()][batch.columns()];
    float[] row = new float[batch.columns()];
    for (int r = 0; r < copy.length; r++) {
      batch.getRow(r, row);
      for (int c = 0; c < row.length; c++) {
        copy[r][c] = row[c];
      }
    }
    return copy;
  }

  static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /// Adds `factor` times `row` to `sums`.
  static void addScaled(double factor, double[] row, double[] sums) {
    if (factor == 0) {
      // Most activities are: rectified, or the background of a picture.
      return;
    }
    for (int j = 0; j < sums.length; j++) {
      sums[j] += factor * row[j];
    }
  }

  /// Adds `other` to `sums`.
  static void add(double[][] other, double[][] sums) {
    for (int n = 0; n < sums.length; n++) {
      addScaled(1, other[n], sums[n]);
    }
  }
}
