package org.mortal.bench.calibrate;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.OutputCurve;

/// Finds out whether lines settle within a read, and whether rows that are not driven are held.
final class LineStage {
  /// Enough for drives of 7 bits and more to hold a line; what it adds to currents is taken off.
  private static final float HOLDING = 1f / 128;

  /// Standard errors, of a share that may well be nothing.
  private static final double SIGMAS = 4;

  private static final double FALSE_ALARMS = 1e-4;

  /// Variances are known from a few dozen reads only.
  private static final double TOLERANCE = 1.3;

  /// A picoampere squared: what is divided by is never nothing.
  private static final double LEAST_VARIANCE = 1e-24;

  private final ArrayReader reader;
  private final OutputCurve[] curves;
  private final double[] noise;
  private final int reads;
  private final RandomGenerator random;
  private final Read.Sense sense;

  LineStage(ArrayReader reader, Outputs outputs, int reads, RandomGenerator random) {
    this.reader = reader;
    this.curves = outputs.curves();
    this.noise = outputs.noiseAmps();
    this.reads = reads;
    this.random = random;
    this.sense = reader.halves().getFirst();
  }

  Lines run() {
    float share = (float) InputRange.find(reader, sense, random);
    Settling settling = settling(share);
    boolean seen = settling.left > SIGMAS * settling.error;
    return new Lines(floating(share) ? HOLDING : 0, seen ? settling.left : 0, settling.error);
  }

  private record Settling(double left, double error) {}

  /// Strong vectors and quiet ones in turn: what a quiet one shows is left from before.
  private Settling settling(float share) {
    float[][] strong = InputRange.vectors(reader, share, 2 * reads, random);
    float[][] shares = new float[2 * strong.length][];
    float[] ground = new float[reader.geometry().rows()];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = n % 2 == 0 ? strong[n / 2] : ground;
    }
    double[][] amps = lineAmps(reader.read(shares, null, sense));
    double products = 0;
    double squares = 0;
    for (int n = 1; n < amps.length; n += 2) {
      for (int j = 0; j < curves.length; j++) {
        double weight = 1 / (noise[j] * noise[j] + LEAST_VARIANCE);
        products += weight * amps[n][j] * amps[n - 1][j];
        squares += weight * amps[n - 1][j] * amps[n - 1][j];
      }
    }
    return new Settling(products / squares, 1 / Math.sqrt(squares));
  }

  /// Whether currents of half of the rows depend on the others being held a little above ground.
  private boolean floating(float share) {
    float[] driven = new float[reader.geometry().rows()];
    for (int r = 0; r < driven.length; r++) {
      driven[r] = random.nextBoolean() ? share : 0;
    }
    float low = Math.min(HOLDING, share / 2);
    Means free = difference(driven, 0);
    Means held = difference(driven, low);
    double scale = 1 - low / share;
    double squares = 0;
    for (int j = 0; j < curves.length; j++) {
      double variance = free.variance[j] + held.variance[j];
      squares += Math.pow(free.mean[j] * scale - held.mean[j], 2) / variance;
    }
    double most =
        new ChiSquaredDistribution(curves.length).inverseCumulativeProbability(1 - FALSE_ALARMS);
    return squares > TOLERANCE * most;
  }

  private record Means(double[] mean, double[] variance) {}

  /// What `driven` rows add where the others are at `low`.
  private Means difference(float[] driven, float low) {
    float[][] shares = new float[2 * reads][driven.length];
    for (int n = 0; n < shares.length; n++) {
      for (int r = 0; r < driven.length; r++) {
        shares[n][r] = n % 2 == 0 && driven[r] > 0 ? driven[r] : low;
      }
    }
    double[][] amps = lineAmps(reader.read(shares, null, sense));
    Means means = new Means(new double[curves.length], new double[curves.length]);
    for (int j = 0; j < curves.length; j++) {
      double[] differences = new double[reads];
      for (int n = 0; n < reads; n++) {
        differences[n] = amps[2 * n][j] - amps[2 * n + 1][j];
      }
      means.mean[j] = StatUtils.mean(differences);
      means.variance[j] = Math.max(LEAST_VARIANCE, StatUtils.variance(differences) / reads);
    }
    return means;
  }

  private double[][] lineAmps(float[][] shown) {
    double[][] amps = new double[shown.length][curves.length];
    for (int n = 0; n < shown.length; n++) {
      for (int j = 0; j < curves.length; j++) {
        amps[n][j] = curves[j].lineAmps(shown[n][j]);
      }
    }
    return amps;
  }
}
