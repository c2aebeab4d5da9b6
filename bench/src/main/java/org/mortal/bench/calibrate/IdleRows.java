package org.mortal.bench.calibrate;

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

  /// A tenth of a nanoampere squared: currents are known to so many digits only, even without noise.
  private static final double LEAST_VARIANCE = 1e-20;

  /// Reads currents of lines, vectors x outputs, for shares of the highest voltage.
  interface LineReads extends Function<float[][], double[][]> {}

  /// @param share of the highest voltage on driven rows
  /// @param reads of each vector
  static IdleRows read(
      LineReads reader, int rows, float share, int reads, RandomGenerator random) {
    float low = Math.min(HOLDING, share / 2);
    float[][] held = new float[VECTORS][rows];
    float[][] more = new float[VECTORS][];
    float[][] errors = new float[VECTORS][];
    double squares = 0;
    for (int v = 0; v < VECTORS; v++) {
      float[] free = new float[rows];
      float[] alone = new float[rows];
      for (int r = 0; r < rows; r++) {
        boolean driven = random.nextBoolean();
        held[v][r] = driven ? share : low;
        free[r] = driven ? share : 0;
        alone[r] = driven ? 0 : low;
      }
      double[][] amps = reader.apply(inTurn(reads, free, held[v], alone));
      more[v] = new float[amps[0].length];
      errors[v] = new float[amps[0].length];
      for (int j = 0; j < more[v].length; j++) {
        Mean difference = Mean.of(amps, j, 1, -1, 0);
        more[v][j] = (float) difference.mean;
        errors[v][j] = (float) Math.sqrt(difference.variance);
        // Were rows at ground where they are given nothing, held ones would add what they add
        // alone.
        Mean unexplained = Mean.of(amps, j, 1, -1, 1);
        squares += unexplained.mean * unexplained.mean / unexplained.variance;
      }
    }
    double most =
        new ChiSquaredDistribution(VECTORS * more[0].length)
            .inverseCumulativeProbability(1 - FALSE_ALARMS);
    return new IdleRows(
        Packed.of(held), low, Packed.of(more), Packed.of(errors), squares > TOLERANCE * most);
  }

  private static float[][] inTurn(int times, float[]... vectors) {
    float[][] shares = new float[times * vectors.length][];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = vectors[n % vectors.length];
    }
    return shares;
  }

  /// Of one output, with the variance of the mean.
  private record Mean(double mean, double variance) {

    /// @param amps of vectors in turn
    /// @param shares by which each of them counts
    static Mean of(double[][] amps, int output, double... shares) {
      double[] sums = new double[amps.length / shares.length];
      for (int n = 0; n < amps.length; n++) {
        sums[n / shares.length] += shares[n % shares.length] * amps[n][output];
      }
      double variance = StatUtils.variance(sums) / sums.length;
      return new Mean(StatUtils.mean(sums), Math.max(LEAST_VARIANCE, variance));
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
