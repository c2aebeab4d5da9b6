package org.mortal.chip.board;

/// The converters of a board: how finely it drives and senses.
///
/// @param dacBits of the row drivers; 0 where they have no steps
/// @param dacFullScaleVolts their highest code, `2^bits - 1`
/// @param adcBits of the sense amplifiers; 0 where they have no steps
/// @param adcFullScaleAmps their code `2^(bits-1)`, one above the highest
public record Converters(
    int dacBits, double dacFullScaleVolts, int adcBits, double adcFullScaleAmps) {
  private static final int MAX_BITS = 16;

  public Converters {
    if (dacBits < 0 || dacBits > MAX_BITS || adcBits < 0 || adcBits > MAX_BITS) {
      throw new IllegalArgumentException(
          "converters have 0 to %d bits, not %d (DAC) and %d (ADC)"
              .formatted(MAX_BITS, dacBits, adcBits));
    }
    if (dacBits > 0 && !(dacFullScaleVolts > 0) || adcBits > 0 && !(adcFullScaleAmps > 0)) {
      throw new IllegalArgumentException(
          "full scales must be positive, not %g V and %g A"
              .formatted(dacFullScaleVolts, adcFullScaleAmps));
    }
  }

  /// The number of a row driver's highest code.
  int dacCodes() {
    return (1 << dacBits) - 1;
  }

  /// Volts for each step of a row driver.
  float dacScale() {
    return (float) (dacFullScaleVolts / dacCodes());
  }

  /// Steps of a row driver for each volt.
  float dacPerVolt() {
    return (float) (dacCodes() / dacFullScaleVolts);
  }

  /// Amperes for each step of a sense amplifier's converter.
  float adcScale() {
    return (float) adcFullScaleAmps / ((1 << adcBits) / 2f);
  }
}
