package org.mortal.bench.calibrate.check;

import org.mortal.bench.selftest.Check;
import org.mortal.chip.Read;

/// Strong vectors and next to nothing in turn: what is left of the one in the other.
final class SettlingCheck {
  private final Probe probe;
  private final int pairs;

  SettlingCheck(Probe probe, int pairs) {
    this.probe = probe;
    this.pairs = pairs;
  }

  Check run() {
    float[][] strong = probe.dense(pairs);
    float[][] quiet = probe.vectors(pairs, 0, 0);
    float[][] vectors = new float[2 * pairs][];
    for (int n = 0; n < pairs; n++) {
      vectors[2 * n] = strong[n];
      vectors[2 * n + 1] = quiet[n];
    }
    float[][] read = probe.read(vectors, null, Read.Sense.ALL);
    double[][] before = probe.predicted(strong, Read.Sense.ALL);
    double[][] predicted = probe.predicted(quiet, Read.Sense.ALL);
    double product = 0;
    double squares = 0;
    double variance = 0;
    for (int j = 0; j < probe.geometry().outputs(); j++) {
      double[] left = new double[pairs];
      double[] carried = new double[pairs];
      for (int n = 0; n < pairs; n++) {
        left[n] = read[2 * n + 1][j] - predicted[n][j];
        carried[n] = before[n][j];
      }
      centre(left);
      centre(carried);
      double rest = 0;
      double strength = 0;
      for (int n = 0; n < pairs; n++) {
        product += left[n] * carried[n];
        strength += carried[n] * carried[n];
        rest += left[n] * left[n] / (pairs - 1);
      }
      squares += strength;
      variance += strength * rest;
    }
    Deviations settling = new Deviations("settling", probe.array());
    settling.add(
        product / Math.sqrt(variance), "%.5f of the vector before".formatted(product / squares));
    return settling.check();
  }

  /// Takes the mean off, which is an offset's.
  private static void centre(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
  }
}
