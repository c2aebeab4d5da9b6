package org.mortal.kernel;

/// Output by output: the portable twin of [VectorReadout].
public final class PlainReadout implements Readout {
  /// Beyond this, tanh is 1 to within half a step of a 16-bit converter.
  static final float TANH_LIMIT = 6f;

  /// A number whose last place is 1.
  static final float ROUNDER = 0x1.8p23f;

  /// Lambert's continued fraction for tanh, cut after nine terms: x A(x²) / B(x²), highest power first, within 2e-5.
  static final float[] ABOVE = {1f, 990f, 135135f, 4729725f, 34459425f};

  static final float[] BELOW = {45f, 13860f, 945945f, 16216200f, 34459425f};

  @Override
  public void convert(
      Converter converter,
      float[] currents,
      float[] spread,
      float[] normals,
      float[] gain,
      float[] shift,
      int count) {
    float fullScale = converter.fullScale();
    boolean saturates = !Float.isInfinite(fullScale);
    float perUnit = 1 / fullScale;
    float half = converter.codes() / 2f;
    float perCode = fullScale / half;
    for (int j = 0; j < count; j++) {
      float x = Math.fma(gain[j], Math.fma(spread[j], normals[j], currents[j]), shift[j]);
      if (saturates) {
        float t = converter.clips() ? clip(x * perUnit) : tanh(x * perUnit);
        // Rounds to the nearest integer by leaving no place for a fraction.
        x =
            half > 0
                ? Math.min(Math.fma(t, half, ROUNDER) - ROUNDER, half - 1) * perCode
                : t * fullScale;
      }
      currents[j] = x;
    }
  }

  @Override
  public void deviations(float[] variances, float common, int count) {
    for (int j = 0; j < count; j++) {
      variances[j] = (float) Math.sqrt(variances[j] + common);
    }
  }

  private static float clip(float value) {
    return Math.max(-1f, Math.min(1f, value));
  }

  static float tanh(float value) {
    float x = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, value));
    float s = x * x;
    return x * polynomial(ABOVE, s) / polynomial(BELOW, s);
  }

  private static float polynomial(float[] coefficients, float x) {
    float sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = Math.fma(sum, x, coefficients[i]);
    }
    return sum;
  }
}
