package org.mortal.bench.calibrate;

import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.optim.univariate.UnivariateOptimizer;
import org.apache.commons.math3.optim.univariate.UnivariatePointValuePair;
import org.mortal.chip.calibrated.Saturation;

/// Lines `gain * (bias + what the rows give) + offset` under a saturation, fitted to what the outputs showed at known biases.
///
/// What the rows give is not known, but the same within a group of reads: only differences within a group tell the gain.
/// Nothing is driven in group 0, which tells the offset.
final class CurveFit {
  /// Shown beyond this share of full scale, a current says little and is left out.
  private static final double MOST_SHARE = 0.97;

  /// A picoampere squared: what is divided by is never nothing.
  private static final double LEAST_VARIANCE = 1e-24;

  /// Outputs that a common full scale is fitted to.
  private static final int SAMPLED = 16;

  private static final int EVALUATIONS = 100;

  /// Over the nominal full scale: an amplifier that saturates farther out is a straight line.
  private static final double HIGHEST = 4;

  private final float[][] bias;
  private final int[] group;
  private final int groups;
  private final float[][] shown;
  private final double fullScale;

  /// @param bias amperes, reads x outputs
  /// @param group of each read, from 0 on
  /// @param shown amperes, reads x outputs
  /// @param fullScale beyond which nothing is shown
  CurveFit(float[][] bias, int[] group, int groups, float[][] shown, double fullScale) {
    this.bias = bias;
    this.group = group;
    this.groups = groups;
    this.shown = shown;
    this.fullScale = fullScale;
  }

  /// One output's line.
  ///
  /// @param noiseAmps of one read with nothing driven, at the input
  /// @param misfit sum of squares of what it does not explain of what was shown
  /// @param used reads that were
  record Line(
      double gain,
      double gainError,
      double offset,
      double offsetError,
      double noiseAmps,
      double misfit,
      int used) {}

  int outputs() {
    return shown[0].length;
  }

  private boolean counts(double amps) {
    return Math.abs(amps) <= MOST_SHARE * fullScale;
  }

  /// The misfit of the first few outputs.
  double misfit(Saturation saturation, double scale) {
    double sum = 0;
    for (int j = 0; j < Math.min(SAMPLED, outputs()); j++) {
      sum += line(j, saturation, scale).misfit();
    }
    return sum;
  }

  /// The largest current of the first few outputs that counts.
  private double largest() {
    double most = 0;
    for (float[] read : shown) {
      for (int j = 0; j < Math.min(SAMPLED, outputs()); j++) {
        most = counts(read[j]) ? Math.max(most, Math.abs(read[j])) : most;
      }
    }
    return most;
  }

  /// The full scale of a saturation that explains best what was shown.
  double bestScale(Saturation saturation) {
    UnivariateOptimizer optimizer = new BrentOptimizer(1e-4, 1e-9 * fullScale);
    UnivariatePointValuePair best =
        optimizer.optimize(
            new MaxEval(EVALUATIONS),
            GoalType.MINIMIZE,
            new UnivariateObjectiveFunction(scale -> misfit(saturation, scale)),
            new SearchInterval((1 + 1e-6) * largest(), HIGHEST * fullScale));
    return best.getPoint();
  }

  /// Degrees of freedom of [#misfit].
  long freedom() {
    return (long) Math.min(SAMPLED, outputs()) * (shown.length - groups - 1);
  }

  /// The line of one output.
  Line line(int output, Saturation saturation, double scale) {
    Sums sums = new Sums(output, saturation, scale);
    double gain = sums.gain(null);
    double[] variance = sums.variances(gain);
    gain = sums.gain(variance);
    variance = sums.variances(gain);
    double information = sums.information(variance);
    double gainVariance = information == 0 ? 0 : 1 / information;
    double offset = sums.intercept(0, gain);
    double offsetVariance =
        variance[0] / sums.count[0] + gainVariance * Math.pow(sums.meanBias(0), 2);
    return new Line(
        gain,
        Math.sqrt(gainVariance),
        offset,
        Math.sqrt(offsetVariance),
        Math.sqrt(variance[0]) / gain,
        sums.misfit(gain),
        sums.used);
  }

  /// Sums over the reads of one output, group by group.
  private final class Sums {
    private final int output;
    private final Saturation saturation;
    private final double scale;
    private final double[] line;
    private final double[] count = new double[groups];
    private final double[] biasSum = new double[groups];
    private final double[] lineSum = new double[groups];
    private final double[] biasSquares = new double[groups];
    private final double[] products = new double[groups];
    private int used;

    Sums(int output, Saturation saturation, double scale) {
      this.output = output;
      this.saturation = saturation;
      this.scale = scale;
      this.line = new double[shown.length];
      for (int n = 0; n < line.length; n++) {
        float one = shown[n][output];
        line[n] = counts(one) ? saturation.undo(one, scale) : Double.NaN;
        if (!Double.isNaN(line[n])) {
          add(group[n], bias[n][output], line[n]);
        }
      }
      for (int k = 0; k < groups; k++) {
        double cell = Math.max(1, count[k]);
        biasSquares[k] -= biasSum[k] * biasSum[k] / cell;
        products[k] -= biasSum[k] * lineSum[k] / cell;
      }
    }

    private void add(int k, double b, double z) {
      used++;
      count[k]++;
      biasSum[k] += b;
      lineSum[k] += z;
      biasSquares[k] += b * b;
      products[k] += b * z;
    }

    /// @param variance of each group, or null to weigh all alike
    double gain(double[] variance) {
      double up = 0;
      double down = 0;
      for (int k = 0; k < groups; k++) {
        double weight = variance == null ? 1 : 1 / variance[k];
        up += weight * products[k];
        down += weight * biasSquares[k];
      }
      // Without a bias nothing tells.
      return down == 0 ? 1 : up / down;
    }

    double information(double[] variance) {
      double sum = 0;
      for (int k = 0; k < groups; k++) {
        sum += biasSquares[k] / variance[k];
      }
      return sum;
    }

    double meanBias(int k) {
      return biasSum[k] / Math.max(1, count[k]);
    }

    double intercept(int k, double gain) {
      return lineSum[k] / Math.max(1, count[k]) - gain * meanBias(k);
    }

    /// The scatter around the line in each group; never nothing, so that it can be divided by.
    double[] variances(double gain) {
      double[] squares = new double[groups];
      for (int n = 0; n < line.length; n++) {
        if (!Double.isNaN(line[n])) {
          int k = group[n];
          double rest = line[n] - gain * bias[n][output] - intercept(k, gain);
          squares[k] += rest * rest;
        }
      }
      for (int k = 0; k < groups; k++) {
        squares[k] = Math.max(LEAST_VARIANCE, squares[k] / Math.max(1, count[k] - 2));
      }
      return squares;
    }

    double misfit(double gain) {
      double sum = 0;
      for (int n = 0; n < line.length; n++) {
        if (!Double.isNaN(line[n])) {
          double straight = gain * bias[n][output] + intercept(group[n], gain);
          double rest = shown[n][output] - saturation.apply(straight, scale);
          sum += rest * rest;
        }
      }
      return sum;
    }
  }
}
