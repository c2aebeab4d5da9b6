package org.mortal.sim.circuit;

import java.util.random.RandomGenerator;

/// The output converters of one array, behind their multiplexers and sample-and-holds.
public final class Adcs {
  private final int columnsPerAdc;
  private final int codes;
  private final float step;

  /// What is left of each output's sample when it is converted.
  private final float[] held;

  /// Where each converter goes from one code to the next, in amperes.
  private final float[][] thresholds;

  /// @param sense has converter errors or a multiplexer, and steps
  /// @param random draws the errors
  public Adcs(SenseAmplifier sense, int outputs, RandomGenerator random) {
    this.columnsPerAdc = sense.columnsPerAdc();
    this.codes = 1 << sense.adcBits();
    this.step = (float) (2 * sense.fullScaleAmps() / codes);
    this.held = new float[outputs];
    for (int j = 0; j < outputs; j++) {
      held[j] = sense.multiplexer() == null ? 1 : (float) sense.multiplexer().held(j);
    }
    AdcErrors errors = sense.errors() == null ? new AdcErrors(0, 0) : sense.errors();
    this.thresholds = new float[Math.ceilDiv(outputs, columnsPerAdc)][codes - 1];
    for (float[] threshold : thresholds) {
      double[] deviations =
          Converters.deviations(codes - 1, errors.inlSteps(), errors.dnlSteps(), random);
      for (int k = 0; k < threshold.length; k++) {
        threshold[k] = (float) ((k + deviations[k] - codes / 2 + 0.5) * step);
      }
    }
  }

  /// Converts what the amplifiers of outputs `from` to `from + count` give, in place.
  public void convert(float[] amps, int from, int count) {
    float perAmp = 1 / step;
    int half = codes / 2;
    for (int j = 0; j < count; j++) {
      float sample = amps[j] * held[from + j];
      float[] threshold = thresholds[(from + j) / columnsPerAdc];
      int code = Math.clamp(Math.round(sample * perAmp) + half, 0, codes - 1);
      // The nearest even step is close; errors may move it by a few.
      while (code > 0 && sample < threshold[code - 1]) {
        code--;
      }
      while (code < codes - 1 && sample >= threshold[code]) {
        code++;
      }
      amps[j] = (code - half) * step;
    }
  }

  /// The thresholds of each converter in amperes: a copy.
  public double[][] thresholds() {
    double[][] copy = new double[thresholds.length][codes - 1];
    for (int i = 0; i < copy.length; i++) {
      for (int k = 0; k < codes - 1; k++) {
        copy[i][k] = thresholds[i][k];
      }
    }
    return copy;
  }

  public long bytes() {
    return ((long) thresholds.length * (codes - 1) + held.length) * Float.BYTES;
  }
}
