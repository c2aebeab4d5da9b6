package org.mortal.sim.circuit;

/// A transimpedance amplifier and its converter, one for each output.
///
/// The input current `i` of output `j` becomes `S tanh((gain_j (i + bias_j) + offset_j) / S)` with S the full scale, and
/// then the nearest of `2^bits` equal steps from -S to S. Gains and offsets differ from output to output.
///
/// @param adcBits 1 to 16, or 0 for a converter without steps
/// @param fullScaleAmps S; infinite for an amplifier that does not saturate, which then must have no steps either
/// @param gainSpread gains lie evenly within 1 plus or minus this
/// @param offsetAmps standard deviation of the offsets
/// @param noiseAmps standard deviation of the noise at the input, anew for each read
/// @param biasBits of the bias converter, over plus and minus `maxBiasAmps`; 0 for no steps
/// @param maxBiasAmps largest bias current, either sign
public record SenseAmplifier(
    int adcBits,
    double fullScaleAmps,
    double gainSpread,
    double offsetAmps,
    double noiseAmps,
    int biasBits,
    double maxBiasAmps) {
  /// Beyond this tanh is 1 to within 2^-16, the finest converter step.
  private static final float TANH_LIMIT = 6f;

  public SenseAmplifier {
    Converters.checkBits(adcBits);
    Converters.checkBits(biasBits);
    if (!(fullScaleAmps > 0) || (Double.isInfinite(fullScaleAmps) && adcBits > 0)) {
      throw new IllegalArgumentException("full scale must be positive, and finite for a converter with steps");
    }
    if (!(gainSpread >= 0 && gainSpread < 1 && offsetAmps >= 0 && noiseAmps >= 0 && maxBiasAmps >= 0)) {
      throw new IllegalArgumentException("spreads, noise and bias must not be negative, a gain spread below 1");
    }
  }

  /// Turns input currents into what the converter reports, in place.
  ///
  /// @param amps the first `count` entries, one per output, noise included
  /// @param gains one per output
  /// @param offsets in amperes, one per output
  public void convert(float[] amps, float[] gains, float[] offsets, int count) {
    for (int j = 0; j < count; j++) {
      amps[j] = Math.fma(gains[j], amps[j], offsets[j]);
    }
    if (!Double.isInfinite(fullScaleAmps)) {
      saturate(amps, count);
    }
    if (adcBits > 0) {
      quantise(amps, count);
    }
  }

  private void saturate(float[] amps, int count) {
    float scale = (float) fullScaleAmps;
    float inverse = (float) (1 / fullScaleAmps);
    for (int j = 0; j < count; j++) {
      amps[j] = scale * tanh(amps[j] * inverse);
    }
  }

  private void quantise(float[] amps, int count) {
    int half = 1 << (adcBits - 1);
    float perAmp = (float) (half / fullScaleAmps);
    float step = (float) (fullScaleAmps / half);
    for (int j = 0; j < count; j++) {
      // Shifted to positive numbers, where truncation rounds down as the 0.5 wants it.
      int code = (int) Math.fma(amps[j], perAmp, half + 0.5f);
      amps[j] = (Math.min(code, 2 * half - 1) - half) * step;
    }
  }

  /// The bias converter's nearest value, within its range.
  public float bias(float amps) {
    float limited = (float) Math.clamp(amps, -maxBiasAmps, maxBiasAmps);
    if (biasBits == 0) {
      return limited;
    }
    double step = maxBiasAmps / (1 << (biasBits - 1));
    return (float) (Math.rint(limited / step) * step);
  }

  /// Lambert's continued fraction for tanh, cut after nine terms: within 2e-5 everywhere, in steps that a compiler turns
  /// into vector instructions.
  static float tanh(float value) {
    float x = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, value));
    float s = x * x;
    float above =
        Math.fma(Math.fma(Math.fma(s + 990f, s, 135135f), s, 4729725f), s, 34459425f);
    float below =
        Math.fma(
            Math.fma(Math.fma(Math.fma(45f, s, 13860f), s, 945945f), s, 16216200f), s, 34459425f);
    return x * above / below;
  }

  /// The same amplifier with `factor` times the spread, offset and noise.
  public SenseAmplifier harsher(double factor) {
    return new SenseAmplifier(
        adcBits,
        fullScaleAmps,
        factor * gainSpread,
        factor * offsetAmps,
        factor * noiseAmps,
        biasBits,
        maxBiasAmps);
  }
}
