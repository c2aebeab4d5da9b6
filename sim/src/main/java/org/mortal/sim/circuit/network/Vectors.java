package org.mortal.sim.circuit.network;

/// Loops over long vectors, written so that the compiler turns them into vector instructions.
final class Vectors {
  /// Sums that run side by side: one alone would wait for itself at every step.
  private static final int LANES = 64;

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double[] sums = new double[LANES];
    int whole = a.length / LANES * LANES;
    for (int base = 0; base < whole; base += LANES) {
      for (int l = 0; l < LANES; l++) {
        sums[l] += a[base + l] * b[base + l];
      }
    }
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    for (int k = whole; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /// All entries from `start` on together.
  static double sum(double[] a, int start) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = start;
    for (; j + 3 < a.length; j += 4) {
      s0 += a[j];
      s1 += a[j + 1];
      s2 += a[j + 2];
      s3 += a[j + 3];
    }
    for (; j < a.length; j++) {
      s0 += a[j];
    }
    return s0 + s1 + (s2 + s3);
  }

  /// result = a b, entry by entry.
  static void multiply(double[] a, double[] b, double[] result) {
    for (int k = 0; k < result.length; k++) {
      result[k] = a[k] * b[k];
    }
  }

  /// y = y + factor x.
  static void add(double factor, double[] x, double[] y) {
    for (int k = 0; k < y.length; k++) {
      y[k] += factor * x[k];
    }
  }

  /// y = x + factor y.
  static void scaleAndAdd(double factor, double[] x, double[] y) {
    for (int k = 0; k < y.length; k++) {
      y[k] = x[k] + factor * y[k];
    }
  }
}
