package org.mortal.bench.report;

import java.util.ArrayList;
import java.util.List;

/// Which value has which colour: symmetric about zero if values of both signs are shown.
///
/// @param low value of the first colour
/// @param high value of the last, above `low`
record ValueScale(double low, double high, Palette palette) {

  /// A scale that spans all finite values of `matrices`.
  static ValueScale of(List<float[][]> matrices) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float[][] matrix : matrices) {
      for (float[] row : matrix) {
        for (float value : row) {
          if (Float.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
    }
    if (low > high) {
      return new ValueScale(0, 1, Palette.SEQUENTIAL);
    }
    if (low < 0) {
      double most = Math.max(-low, high);
      return new ValueScale(-most, most, Palette.DIVERGING);
    }
    // A matrix of one value: it still needs two ends, and takes the colour of the lower.
    double end = high > low ? high : low == 0 ? 1 : 2 * low;
    return new ValueScale(low, end, Palette.SEQUENTIAL);
  }

  int rgb(double value) {
    return palette.rgb((value - low) / (high - low));
  }

  /// Round values inside the scale for labels, about `count`.
  List<Double> ticks(int count) {
    double raw = (high - low) / count;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {2, 5, 10}) {
      if (step < raw) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }
}
