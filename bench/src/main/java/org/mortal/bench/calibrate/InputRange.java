package org.mortal.bench.calibrate;

import java.util.random.RandomGenerator;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;

/// The vectors that an array is calibrated for: uniform from 0 to a share of the highest read voltage, every row driven.
final class InputRange {
  /// Of full scale: where an amplifier that bends still tells currents apart well.
  private static final double MOST_SHOWN = 0.7;

  /// Of all currents, so many stay below it.
  private static final double NEARLY_ALL = 0.995;

  /// Of full scale: no current may be shown beyond, as it would be by an output of high gain or offset.
  private static final double HIGHEST_SHOWN = 0.85;

  private static final int VECTORS = 32;
  private static final int TRIALS = 16;

  /// What is left after one trial at least, and at most: a saturated output does not say by how much it is.
  private static final double LEAST_FACTOR = 0.5;

  private static final double MOST_FACTOR = 0.95;

  private InputRange() {}

  /// The largest share with which nearly all outputs stay well within full scale.
  static double find(ArrayReader reader, Read.Sense sense, RandomGenerator random) {
    double share = 1;
    for (int trial = 0; trial < TRIALS; trial++) {
      float[][] shown = reader.read(vectors(reader, share, VECTORS, random), null, sense);
      double excess = excess(shown, reader.limits().fullScaleAmps());
      if (excess <= 1) {
        return share;
      }
      share *= Math.clamp(1 / excess, LEAST_FACTOR, MOST_FACTOR);
    }
    return share;
  }

  /// How far currents go over what they may.
  private static double excess(float[][] amps, double fullScale) {
    double[] all = new double[amps.length * amps[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.abs(amps[i / amps[0].length][i % amps[0].length]) / fullScale;
    }
    return Math.max(
        Quantiles.of(all, NEARLY_ALL) / MOST_SHOWN, Quantiles.of(all, 1) / HIGHEST_SHOWN);
  }

  /// Random vectors.
  static float[][] vectors(ArrayReader reader, double share, int count, RandomGenerator random) {
    return vectors(reader.geometry(), share, count, random);
  }

  /// Random vectors, in shares of the highest voltage.
  static float[][] vectors(Geometry geometry, double share, int count, RandomGenerator random) {
    float[][] vectors = new float[count][geometry.rows()];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (share * random.nextDouble());
      }
    }
    return vectors;
  }
}
