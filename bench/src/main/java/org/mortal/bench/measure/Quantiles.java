package org.mortal.bench.measure;

import java.util.Arrays;

/// Medians and quartiles.
public final class Quantiles {
  private Quantiles() {}

  /// The value that a share of `values` lies below, interpolated between neighbours.
  ///
  /// @param values not empty, in any order; left as they are
  /// @param share from 0 (the lowest) to 1 (the highest)
  public static double of(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
