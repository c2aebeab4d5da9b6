package org.mortal.bench.characterise;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.mortal.bench.measure.Quantiles;

/// Medians and spreads of numbers of which some may be missing.
final class Statistics {
  private Statistics() {}

  static double[] finite(double... values) {
    return Arrays.stream(values).filter(Double::isFinite).toArray();
  }

  /// Not a number where there is none.
  static double quantile(double[] values, double share) {
    double[] finite = finite(values);
    return finite.length == 0 ? Double.NaN : Quantiles.of(finite, share);
  }

  static double median(double... values) {
    return quantile(values, 0.5);
  }

  static double mean(double... values) {
    return StatUtils.mean(finite(values));
  }

  /// The standard deviation; not a number for less than two values.
  static double deviation(double... values) {
    double[] finite = finite(values);
    return finite.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(finite));
  }

  static double[] each(int count, IntToDoubleFunction value) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return values;
  }

  static <T> double[] each(List<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).toArray();
  }
}
