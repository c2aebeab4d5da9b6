package org.mortal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The vector twin of [PlainReadout]: the same bits, many outputs at a time, nothing stored between the steps.
final class VectorReadout implements Readout {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

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
    float half = converter.codes() / 2f;
    int whole = FLOATS.loopBound(count);
    for (int j = 0; j < whole; j += FLOATS.length()) {
      FloatVector noisy =
          FloatVector.fromArray(FLOATS, spread, j)
              .fma(
                  FloatVector.fromArray(FLOATS, normals, j),
                  FloatVector.fromArray(FLOATS, currents, j));
      FloatVector x =
          FloatVector.fromArray(FLOATS, gain, j)
              .fma(noisy, FloatVector.fromArray(FLOATS, shift, j));
      (saturates ? convert(x, fullScale, half, converter.clips()) : x).intoArray(currents, j);
    }
    if (whole < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(whole, count);
      FloatVector noisy =
          FloatVector.fromArray(FLOATS, spread, whole, rest)
              .fma(
                  FloatVector.fromArray(FLOATS, normals, whole, rest),
                  FloatVector.fromArray(FLOATS, currents, whole, rest));
      FloatVector x =
          FloatVector.fromArray(FLOATS, gain, whole, rest)
              .fma(noisy, FloatVector.fromArray(FLOATS, shift, whole, rest));
      (saturates ? convert(x, fullScale, half, converter.clips()) : x)
          .intoArray(currents, whole, rest);
    }
  }

  private static FloatVector convert(FloatVector x, float fullScale, float half, boolean clips) {
    FloatVector share = x.mul(1 / fullScale);
    FloatVector t = clips ? share.min(1f).max(-1f) : tanh(share);
    if (half == 0) {
      return t.mul(fullScale);
    }
    FloatVector code =
        t.fma(broadcast(half), broadcast(PlainReadout.ROUNDER)).sub(PlainReadout.ROUNDER);
    return code.min(half - 1).mul(fullScale / half);
  }

  private static FloatVector tanh(FloatVector value) {
    FloatVector x = value.min(PlainReadout.TANH_LIMIT).max(-PlainReadout.TANH_LIMIT);
    FloatVector s = x.mul(x);
    return x.mul(polynomial(PlainReadout.ABOVE, s)).div(polynomial(PlainReadout.BELOW, s));
  }

  private static FloatVector polynomial(float[] coefficients, FloatVector x) {
    FloatVector sum = broadcast(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum.fma(x, broadcast(coefficients[i]));
    }
    return sum;
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
