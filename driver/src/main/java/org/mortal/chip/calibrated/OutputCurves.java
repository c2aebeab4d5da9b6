package org.mortal.chip.calibrated;

/// The [OutputCurve]s of an array side by side: what [OutputCurve#lineAmps] gives, for a row of outputs at once.
///
/// The inverse of a hyperbolic tangent is made of products, quotients and square roots alone, so that the compiler turns the
/// loop into vector instructions: twice `atanh t = 2 atanh (t / (1 + √(1 - t²)))`, and a Padé approximant for what is left
/// (Baker and Graves-Morris, Padé Approximants, 1996). Up to 0.999 of full scale that is within 2e-5 of the current.
final class OutputCurves {
  private final float[] perGain;
  private final float[] offsetAmps;
  private final float[] largestAmps;

  /// 0 where nothing saturates: then every current is small beside full scale.
  private final float[] perFullScale;

  OutputCurves(OutputCurve[] curves) {
    int count = curves.length;
    this.perGain = new float[count];
    this.offsetAmps = new float[count];
    this.largestAmps = new float[count];
    this.perFullScale = new float[count];
    for (int j = 0; j < count; j++) {
      OutputCurve curve = curves[j];
      perGain[j] = (float) (1 / curve.gain());
      offsetAmps[j] = (float) curve.offsetAmps();
      largestAmps[j] = (float) curve.largestAmps();
      perFullScale[j] =
          switch (curve.saturation()) {
            case NONE -> 0f;
            case TANH -> (float) (1 / curve.fullScaleAmps());
          };
    }
  }

  int count() {
    return perGain.length;
  }

  /// Replaces what the first `count` amplifiers show by the currents of their lines.
  void toLines(float[] amps, int count) {
    limit(amps, count);
    for (int j = 0; j < count; j++) {
      float known = amps[j];
      float t = known * perFullScale[j];
      float s0 = t * t;
      float k0 = 1 / (1 + (float) Math.sqrt(1 - s0));
      float s1 = s0 * k0 * k0;
      float k1 = 1 / (1 + (float) Math.sqrt(1 - s1));
      float s = s1 * k1 * k1;
      float above = 15015 + s * (-19250 + s * (5943 - s * 256));
      float below = 15015 + s * (-24255 + s * (11025 - s * 1225));
      amps[j] = (4 * k0 * k1 * known * (above / below) - offsetAmps[j]) * perGain[j];
    }
  }

  /// A loop of its own: as part of the other it would keep that one from being vectorised.
  private void limit(float[] amps, int count) {
    for (int j = 0; j < count; j++) {
      amps[j] = Math.max(-largestAmps[j], Math.min(largestAmps[j], amps[j]));
    }
  }
}
