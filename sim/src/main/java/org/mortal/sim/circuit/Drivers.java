package org.mortal.sim.circuit;

import java.util.random.RandomGenerator;
import org.mortal.kernel.Normals;

/// The row drivers of one array, each with the errors that it was made with.
public final class Drivers {
  private final Dac dac;
  private final Normals normals;
  private final long noiseKey;

  /// Volts by row and code.
  private final float[][] levels;

  /// @param random draws the errors
  /// @param noiseKey of the noise, one row of numbers for each vector
  public Drivers(Dac dac, int rows, RandomGenerator random, Normals normals, long noiseKey) {
    this.dac = dac;
    this.normals = normals;
    this.noiseKey = noiseKey;
    this.levels = new float[rows][dac.codes()];
    DacErrors errors = dac.errors();
    for (float[] level : levels) {
      double gain = 1 + errors.gainSpread() * random.nextGaussian();
      double offset = errors.offsetVolts() * random.nextGaussian();
      double[] deviations =
          Converters.deviations(dac.codes(), errors.inlSteps(), errors.dnlSteps(), random);
      for (int code = 0; code < level.length; code++) {
        double volts = gain * (code + deviations[code]) * dac.stepVolts() + offset;
        level[code] = (float) Math.clamp(volts, 0, dac.fullScaleVolts());
      }
    }
  }

  private Drivers(Dac dac, Normals normals, long noiseKey, float[][] levels) {
    this.dac = dac;
    this.normals = normals;
    this.noiseKey = noiseKey;
    this.levels = levels;
  }

  /// Drivers that were measured, without noise: with `u` the share of full scale that is asked for, a row is given
  /// `u + bow u (1 - u) + skew u (1 - u) (1 - 2u)` of it.
  ///
  /// @param bows one for each row
  /// @param skews one for each row
  public static Drivers measured(Dac dac, float[] bows, float[] skews) {
    float[][] levels = new float[bows.length][dac.codes()];
    for (int row = 0; row < bows.length; row++) {
      for (int code = 0; code < dac.codes(); code++) {
        double u = (double) code / (dac.codes() - 1);
        double bump = u * (1 - u);
        double share = u + bows[row] * bump + skews[row] * bump * (1 - 2 * u);
        levels[row][code] = (float) (dac.fullScaleVolts() * Math.clamp(share, 0, 1));
      }
    }
    return new Drivers(dac, null, 0, levels);
  }

  /// The same drivers without the noise of their conversions.
  public Drivers withoutNoise() {
    if (dac.errors() == null) {
      return this;
    }
    DacErrors errors = dac.errors();
    DacErrors quiet =
        new DacErrors(
            errors.gainSpread(), errors.offsetVolts(), errors.inlSteps(), errors.dnlSteps(), 0);
    Dac steady = new Dac(dac.bits(), dac.fullScaleVolts(), dac.crosstalk(), quiet);
    return new Drivers(steady, normals, noiseKey, levels);
  }

  /// Replaces the first `count` values, between 0 and full scale, by what the drivers of those rows give, without noise.
  public void convert(float[] volts, int count) {
    float perVolt = (float) ((dac.codes() - 1) / dac.fullScaleVolts());
    for (int i = 0; i < count; i++) {
      volts[i] = levels[i][(int) Math.fma(volts[i], perVolt, 0.5f)];
    }
  }

  /// Adds the noise of vector number `vector`.
  ///
  /// @param numbers a work space of [Normals#padded] length
  public void addNoise(float[] volts, int count, long vector, float[] numbers) {
    float sigma = dac.errors() == null ? 0 : (float) dac.errors().noiseVolts();
    if (sigma == 0) {
      return;
    }
    normals.fill(noiseKey, (int) vector, (int) (vector >>> 32), numbers, count);
    for (int i = 0; i < count; i++) {
      volts[i] = Math.fma(sigma, numbers[i], volts[i]);
    }
  }

  /// The voltage of each row and code, without noise: a copy.
  public double[][] levels() {
    double[][] copy = new double[levels.length][dac.codes()];
    for (int i = 0; i < copy.length; i++) {
      for (int code = 0; code < copy[i].length; code++) {
        copy[i][code] = levels[i][code];
      }
    }
    return copy;
  }

  public long bytes() {
    return (long) levels.length * dac.codes() * Float.BYTES;
  }
}
