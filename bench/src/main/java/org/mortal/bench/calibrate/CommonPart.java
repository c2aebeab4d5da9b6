package org.mortal.bench.calibrate;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/// What many estimates have in common, and what is left of each beyond chance.
///
/// The spread of what is estimated is found by the method of DerSimonian and Laird, Controlled Clinical Trials 7, 177 (1986);
/// where a chi-square test sees none, each estimate counts as the common one.
///
/// @param common 0 where it is not beyond its error
/// @param spread standard deviation of what is estimated; 0 where it is not beyond chance
/// @param values one for each estimate, drawn to the common one by how uncertain it is
record CommonPart(double common, double spread, double[] values) {
  /// Standard errors.
  static final double SIGMAS = 4;

  private static final double FALSE_ALARMS = 1e-4;

  /// What is smaller than this is not worth correcting: it moves a current by less than half a thousandth.
  static final double WORTH = 0.002;

  /// @param errors standard errors, above 0
  static CommonPart of(double[] estimates, double[] errors) {
    double weights = 0;
    double squaredWeights = 0;
    double sum = 0;
    for (int i = 0; i < estimates.length; i++) {
      double weight = 1 / (errors[i] * errors[i]);
      weights += weight;
      squaredWeights += weight * weight;
      sum += weight * estimates[i];
    }
    double mean = sum / weights;
    double heterogeneity = 0;
    for (int i = 0; i < estimates.length; i++) {
      heterogeneity += Math.pow((estimates[i] - mean) / errors[i], 2);
    }
    int freedom = estimates.length - 1;
    boolean differ =
        freedom > 0
            && heterogeneity
                > new ChiSquaredDistribution(freedom)
                    .inverseCumulativeProbability(1 - FALSE_ALARMS);
    double variance = differ ? (heterogeneity - freedom) / (weights - squaredWeights / weights) : 0;
    double meanError = Math.sqrt(1 / weights + variance / estimates.length);
    double common = Math.abs(mean) > Math.max(WORTH, SIGMAS * meanError) ? mean : 0;
    double[] values = new double[estimates.length];
    Arrays.setAll(
        values,
        i -> {
          double trust = variance / (variance + errors[i] * errors[i]);
          return common + trust * (estimates[i] - common);
        });
    boolean worth = Math.sqrt(variance) > WORTH;
    if (!worth) {
      Arrays.fill(values, common);
    }
    return new CommonPart(common, worth ? Math.sqrt(variance) : 0, values);
  }
}
