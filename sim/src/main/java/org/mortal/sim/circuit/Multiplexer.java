package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// Several outputs that share one converter: all are sampled when the lines have settled, then converted one after another.
///
/// @param columnsPerAdc neighbouring outputs of one converter
/// @param settleSeconds from driving the rows to sampling
/// @param conversionSeconds of one output
/// @param droopSeconds time constant with which a held sample decays towards 0; infinite for one that does not
public record Multiplexer(
    int columnsPerAdc, double settleSeconds, double conversionSeconds, double droopSeconds) {
  public Multiplexer {
    if (columnsPerAdc < 1) {
      throw new IllegalArgumentException("a converter has at least 1 column, not " + columnsPerAdc);
    }
    Numbers.requireNotNegative("settleSeconds", settleSeconds);
    Numbers.requireNotNegative("conversionSeconds", conversionSeconds);
    if (!(droopSeconds > 0)) {
      throw new IllegalArgumentException(
          "the time constant of the droop must be positive, not " + droopSeconds);
    }
  }

  /// What is left of the sample of output `j` when it is converted.
  public double held(int j) {
    return Math.exp(-(j % columnsPerAdc) * conversionSeconds / droopSeconds);
  }

  /// One vector, when `outputs` are sensed.
  public double readSeconds(int outputs) {
    return settleSeconds + Math.min(columnsPerAdc, outputs) * conversionSeconds;
  }
}
