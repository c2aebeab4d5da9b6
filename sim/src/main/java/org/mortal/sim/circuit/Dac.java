package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// A row driver: a voltage from 0 to full scale in equal steps.
///
/// @param bits 1 to 16, or 0 for a driver without steps
/// @param fullScaleVolts the highest code
/// @param crosstalk share of each neighbouring driven row's voltage that couples into a row
/// @param errors of each driver, or null for none; they need 1 to 12 bits
public record Dac(int bits, double fullScaleVolts, double crosstalk, DacErrors errors) {
  public Dac {
    Converters.checkBits(bits);
    Numbers.requireNotNegative("crosstalk", crosstalk);
    Numbers.requirePositive("fullScaleVolts", fullScaleVolts);
    if (errors != null) {
      Converters.checkTable(bits);
    }
  }

  /// A driver without errors.
  public Dac(int bits, double fullScaleVolts) {
    this(bits, fullScaleVolts, 0, null);
  }

  /// Number of codes.
  int codes() {
    return 1 << bits;
  }

  double stepVolts() {
    return fullScaleVolts / (codes() - 1);
  }

  /// Replaces the first `count` values, between 0 and full scale, by the nearest that a driver without errors can give.
  public void convert(float[] volts, int count) {
    if (bits == 0) {
      return;
    }
    float perVolt = (float) ((codes() - 1) / fullScaleVolts);
    float step = (float) stepVolts();
    for (int i = 0; i < count; i++) {
      volts[i] = (int) Math.fma(volts[i], perVolt, 0.5f) * step;
    }
  }

  /// Adds to each of the first `count` rows what couples in from its neighbours among them.
  public void couple(float[] volts, int count) {
    if (crosstalk == 0) {
      return;
    }
    Coupling.neighbours(volts, count, (float) crosstalk);
  }
}
