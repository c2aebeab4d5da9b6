package org.mortal.sim.circuit;

/// A row driver: a voltage from 0 to full scale in equal steps.
///
/// @param bits 1 to 16, or 0 for a driver without steps
/// @param fullScaleVolts the highest code
public record Dac(int bits, double fullScaleVolts) {
  public Dac {
    Converters.checkBits(bits);
    if (!(fullScaleVolts > 0)) {
      throw new IllegalArgumentException("full scale must be positive, not " + fullScaleVolts);
    }
  }

  /// Replaces the first `count` values, between 0 and full scale, by the nearest that the driver can give.
  public void convert(float[] volts, int count) {
    if (bits == 0) {
      return;
    }
    int codes = (1 << bits) - 1;
    float perVolt = (float) (codes / fullScaleVolts);
    float step = (float) (fullScaleVolts / codes);
    for (int i = 0; i < count; i++) {
      volts[i] = (int) Math.fma(volts[i], perVolt, 0.5f) * step;
    }
  }
}
