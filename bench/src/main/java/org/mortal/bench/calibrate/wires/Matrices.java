package org.mortal.bench.calibrate.wires;

import java.util.Arrays;

/// Sums and products of small matrices, kept as rows.
final class Matrices {
  private Matrices() {}

  static double[][] copy(double[][] a) {
    double[][] copy = new double[a.length][];
    for (int r = 0; r < a.length; r++) {
      copy[r] = a[r].clone();
    }
    return copy;
  }

  static double[][] minus(double[][] a, double[][] b) {
    double[][] difference = copy(a);
    for (int r = 0; r < a.length; r++) {
      for (int c = 0; c < a[r].length; c++) {
        difference[r][c] -= b[r][c];
      }
    }
    return difference;
  }

  static double mean(double[][] a) {
    double sum = 0;
    for (double[] row : a) {
      for (double one : row) {
        sum += one / (a.length * (double) row.length);
      }
    }
    return sum;
  }

  /// Columns `from` to `to`.
  static double[][] columns(double[][] a, int from, int to) {
    double[][] part = new double[a.length][];
    for (int r = 0; r < a.length; r++) {
      part[r] = Arrays.copyOfRange(a[r], from, to);
    }
    return part;
  }
}
