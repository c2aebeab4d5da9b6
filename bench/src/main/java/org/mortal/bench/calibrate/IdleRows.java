package org.mortal.bench.calibrate;

import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.mortal.bench.calibrate.wires.WireTask;
import org.mortal.chip.calibrated.InputBend;

/// Vectors that drive half of the rows, read with the others given nothing and with the others held a little above ground.
///
/// @param held vectors with rows held, in shares of the highest voltage
/// @param low share on rows that are held
/// @param more amperes with rows given nothing minus with rows held, vectors x outputs
/// @param errors standard error of each
/// @param floating whether rows that are given nothing float: held ones then make more of a difference than what they add
record IdleRows(Packed held, float low, Packed more, Packed errors, boolean floating) {
  /// Enough for drives of 7 bits and more to hold a line; what it adds to currents is taken off.
  static final float HOLDING = 1f / 128;

  private static final int VECTORS = 4;
  private static final double FALSE_ALARMS = 1e-4;

  /// Variances are known from a few dozen reads only.
  private static final double TOLERANCE = 1.3;

  /// A picoampere squared: what is divided by is never nothing.
  private static final double LEAST_VARIANCE = 1e-24;

  /// Reads currents of lines, vectors x outputs, for shares of the highest voltage.
  interface LineReads extends Function<float[][], double[][]> {}

  /// @param share of the highest voltage on driven rows
  /// @param reads of each vector
  static IdleRows read(
      LineReads reader, int rows, float share, int reads, RandomGenerator random) {
    float low = Math.min(HOLDING, share / 2);
    float[] base = new float[rows];
    Arrays.fill(base, low);
    Mean added = Mean.of(reader.apply(repeated(base, base, VECTORS * reads)), false);
    float[][] held = new float[VECTORS][rows];
    float[][] more = new float[VECTORS][];
    float[][] errors = new float[VECTORS][];
    double squares = 0;
    for (int v = 0; v < VECTORS; v++) {
      float[] free = new float[rows];
      for (int r = 0; r < rows; r++) {
        boolean driven = random.nextBoolean();
        held[v][r] = driven ? share : low;
        free[r] = driven ? share : 0;
      }
      double[][] amps = reader.apply(repeated(free, held[v], reads));
      Mean difference = Mean.of(amps, true);
      Mean sum = Mean.of(amps, false);
      more[v] = new float[difference.mean.length];
      errors[v] = new float[difference.mean.length];
      for (int j = 0; j < more[v].length; j++) {
        more[v][j] = (float) difference.mean[j];
        errors[v][j] = (float) Math.sqrt(difference.variance[j]);
        // Were rows at ground, held ones would add their part of the base and driven ones the rest.
        double driven = sum.mean[j] + difference.mean[j] / 2;
        double unexplained = difference.mean[j] - low / share * driven + added.mean[j];
        squares +=
            unexplained * unexplained / (difference.variance[j] + added.variance[j]);
      }
    }
    double most =
        new ChiSquaredDistribution(VECTORS * more[0].length)
            .inverseCumulativeProbability(1 - FALSE_ALARMS);
    return new IdleRows(
        Packed.of(held), low, Packed.of(more), Packed.of(errors), squares > TOLERANCE * most);
  }

  private static float[][] repeated(float[] one, float[] other, int times) {
    float[][] shares = new float[2 * times][];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = n % 2 == 0 ? one : other;
    }
    return shares;
  }

  /// Of each output, with the variance of the mean.
  private record Mean(double[] mean, double[] variance) {

    /// @param amps two vectors in turn
    /// @param difference whether the first minus the second is meant, rather than the mean of both
    static Mean of(double[][] amps, boolean difference) {
      int outputs = amps[0].length;
      Mean mean = new Mean(new double[outputs], new double[outputs]);
      double[] values = new double[amps.length / 2];
      for (int j = 0; j < outputs; j++) {
        for (int n = 0; n < values.length; n++) {
          double first = amps[2 * n][j];
          double second = amps[2 * n + 1][j];
          values[n] = difference ? first - second : (first + second) / 2;
        }
        mean.mean[j] = StatUtils.mean(values);
        mean.variance[j] =
            Math.max(LEAST_VARIANCE, StatUtils.variance(values) / values.length);
      }
      return mean;
    }
  }

  /// The same for the fit of wires.
  ///
  /// @param rows how they act
  WireTask.FloatingReads forWires(InputBend[] rows, double readVolts) {
    double[][] acting = Floats.doubles(held);
    double[][] free = Floats.doubles(held);
    float[][] shares = held.toArrays();
    for (int v = 0; v < acting.length; v++) {
      for (int r = 0; r < rows.length; r++) {
        acting[v][r] = readVolts * rows[r].acts(shares[v][r]);
        free[v][r] = shares[v][r] == low ? Double.NaN : acting[v][r];
      }
    }
    return new WireTask.FloatingReads(
        acting, free, Floats.doubles(more), Floats.doubles(errors));
  }
}
