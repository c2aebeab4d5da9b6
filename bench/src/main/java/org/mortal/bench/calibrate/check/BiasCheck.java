package org.mortal.bench.calibrate.check;

import java.util.List;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.OutputCurve;

/// Outputs with nothing driven, by bias currents where the chip has them: offset, gain, and how the curve bends.
final class BiasCheck {
  /// Of full scale: beyond, a small error of the curve is a large one of the current.
  private static final double MOST_SHOWN = 0.6;

  private static final double[] LEVELS = {-1, -0.5, 0, 0.5, 1};

  private final Probe probe;
  private final int repeats;
  private final double highest;
  private double[][][] shown;

  BiasCheck(Probe probe, int repeats) {
    this.probe = probe;
    this.repeats = repeats;
    double bias = probe.limits().maxBiasAmps();
    while (bias > MOST_SHOWN * probe.limits().fullScaleAmps()) {
      bias /= 2;
    }
    this.highest = bias;
  }

  boolean hasBias() {
    return highest > 0;
  }

  /// Reads, and judges.
  void run(List<Check> checks) {
    measure();
    Deviations offsets = new Deviations("offset", probe.array());
    Deviations gains = new Deviations("gain", probe.array());
    Deviations bends = new Deviations("saturation", probe.array());
    for (int j = 0; j < probe.geometry().outputs(); j++) {
      OutputCurve curve = probe.calibration().outputs()[j];
      String place = "output " + j;
      double[] mean = new double[LEVELS.length];
      double[] variance = new double[LEVELS.length];
      for (int l = 0; l < LEVELS.length; l++) {
        mean[l] = shown[l][j][0];
        variance[l] = shown[l][j][1] / repeats;
      }
      offsets.add(
          mean[2] / Math.hypot(curve.offsetError() / curve.gain(), Math.sqrt(variance[2])), place);
      if (hasBias()) {
        double gainError = curve.gainError() / curve.gain();
        // The least squares slope: levels weigh by their distance from the middle.
        double slope = (2 * (mean[4] - mean[0]) + mean[3] - mean[1]) / (5 * highest);
        double slopeNoise =
            Math.sqrt(4 * (variance[4] + variance[0]) + variance[3] + variance[1]) / (5 * highest);
        gains.add((slope - 1) / Math.hypot(gainError, slopeNoise), place);
        double outer = (mean[4] - mean[0]) / (2 * highest);
        double inner = (mean[3] - mean[1]) / highest;
        double noise =
            Math.sqrt((variance[4] + variance[0]) / 4 + variance[3] + variance[1]) / highest;
        bends.add((outer - inner) / Math.hypot(gainError, noise), place);
      }
    }
    checks.add(offsets.check());
    if (hasBias()) {
      checks.add(gains.check());
      checks.add(bends.check());
    }
  }

  /// Variance of one read of an output with nothing driven.
  double variance(int output) {
    return shown[2][output][1];
  }

  private void measure() {
    int outputs = probe.geometry().outputs();
    shown = new double[LEVELS.length][outputs][];
    float[][] nothing = new float[repeats][probe.geometry().rows()];
    for (int l = 0; l < LEVELS.length; l++) {
      if (!hasBias() && LEVELS[l] != 0) {
        fill(l, new float[repeats][outputs]);
        continue;
      }
      double[] bias = hasBias() ? new double[repeats] : null;
      for (int n = 0; hasBias() && n < repeats; n++) {
        bias[n] = LEVELS[l] * highest;
      }
      fill(l, probe.read(nothing, bias, Read.Sense.ALL));
    }
  }

  private void fill(int level, float[][] amps) {
    for (int j = 0; j < probe.geometry().outputs(); j++) {
      double sum = 0;
      double squares = 0;
      for (float[] vector : amps) {
        sum += vector[j];
        squares += (double) vector[j] * vector[j];
      }
      double mean = sum / repeats;
      shown[level][j] =
          new double[] {
            mean, Math.max(0, squares / repeats - mean * mean) * repeats / (repeats - 1)
          };
    }
  }
}
