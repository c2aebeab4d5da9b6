package org.mortal.sim.circuit;

import java.util.random.RandomGenerator;

/// What all converters have in common.
final class Converters {
  /// Most bits of a converter whose codes have errors of their own: each code is kept.
  private static final int MOST_TABLE_BITS = 12;

  /// Where an S-shaped bow is steepest lies its peak of 1 at this factor.
  private static final double S_PEAK = 1.5 * Math.sqrt(3);

  private Converters() {}

  static void checkBits(int bits) {
    if (bits < 0 || bits > 16) {
      throw new IllegalArgumentException(
          "a converter has 1 to 16 bits, or 0 for no steps, not " + bits);
    }
  }

  static void checkTable(int bits) {
    if (bits < 1 || bits > MOST_TABLE_BITS) {
      throw new IllegalArgumentException(
          "a converter with errors has 1 to %d bits, not %d".formatted(MOST_TABLE_BITS, bits));
    }
  }

  /// Draws how far each of `points` evenly spaced points of a converter lies from the line through the first and the last,
  /// in steps.
  ///
  /// Widths between neighbours scatter by `dnl` and are never negative; their sum is brought back to the range. On top of that
  /// comes a smooth bow, a parabola and an S, of standard deviation `inl` each at its peak. Points keep their order.
  static double[] deviations(int points, double inl, double dnl, RandomGenerator random) {
    double[] places = new double[points];
    for (int k = 1; k < points; k++) {
      places[k] = places[k - 1] + Math.max(0, 1 + dnl * random.nextGaussian());
    }
    double parabola = inl * random.nextGaussian();
    double shaped = inl * random.nextGaussian();
    int last = points - 1;
    double range = last == 0 || places[last] == 0 ? 1 : last / places[last];
    double[] deviations = new double[points];
    double least = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < points; k++) {
      double u = last == 0 ? -1 : 2.0 * k / last - 1;
      double bow = (1 - u * u) * (parabola + S_PEAK * shaped * u);
      least = Math.max(least, places[k] * range + bow);
      deviations[k] = least - k;
    }
    return deviations;
  }
}
