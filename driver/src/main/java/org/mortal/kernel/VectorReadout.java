package org.mortal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The vector twin of [PlainReadout]: the same bits, many outputs at a time.
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
    boolean saturates = !Float.isInfinite(converter.fullScale());
    VectorPasses.run(
        VectorPasses.AMPLIFY,
        saturates ? VectorPasses.ROUND : VectorPasses.AMPLIFY,
        new VectorPasses.Operands(converter, currents, spread, normals, gain, shift, 0, count));
  }

  @Override
  public void deviations(float[] variances, float common, int count) {
    VectorPasses.run(
        VectorPasses.DEVIATE,
        VectorPasses.DEVIATE,
        new VectorPasses.Operands(null, variances, null, null, null, null, common, count));
  }

  static void deviate(VectorPasses.Operands operands) {
    float[] variances = operands.row();
    for (int j = 0; j < operands.count(); j += FLOATS.length()) {
      VectorMask<Float> mask = FLOATS.indexInRange(j, operands.count());
      FloatVector.fromArray(FLOATS, variances, j, mask)
          .add(operands.common())
          .sqrt()
          .intoArray(variances, j, mask);
    }
  }

  static void amplify(VectorPasses.Operands operands) {
    float[] currents = operands.row();
    for (int j = 0; j < operands.count(); j += FLOATS.length()) {
      VectorMask<Float> mask = FLOATS.indexInRange(j, operands.count());
      FloatVector noisy =
          FloatVector.fromArray(FLOATS, operands.spread(), j, mask)
              .fma(
                  FloatVector.fromArray(FLOATS, operands.normals(), j, mask),
                  FloatVector.fromArray(FLOATS, currents, j, mask));
      FloatVector.fromArray(FLOATS, operands.gain(), j, mask)
          .fma(noisy, FloatVector.fromArray(FLOATS, operands.shift(), j, mask))
          .intoArray(currents, j, mask);
    }
  }

  /// Leaves a share of full scale.
  static void saturate(VectorPasses.Operands operands) {
    float[] currents = operands.row();
    Converter converter = operands.converter();
    float perUnit = 1 / converter.fullScale();
    for (int j = 0; j < operands.count(); j += FLOATS.length()) {
      VectorMask<Float> mask = FLOATS.indexInRange(j, operands.count());
      FloatVector share = FloatVector.fromArray(FLOATS, currents, j, mask).mul(perUnit);
      (converter.clips() ? share.min(1f).max(-1f) : tanh(share)).intoArray(currents, j, mask);
    }
  }

  static void round(VectorPasses.Operands operands) {
    float[] currents = operands.row();
    float fullScale = operands.converter().fullScale();
    float half = operands.converter().codes() / 2f;
    for (int j = 0; j < operands.count(); j += FLOATS.length()) {
      VectorMask<Float> mask = FLOATS.indexInRange(j, operands.count());
      FloatVector share = FloatVector.fromArray(FLOATS, currents, j, mask);
      FloatVector amps = half == 0 ? share.mul(fullScale) : code(share, half).mul(fullScale / half);
      amps.intoArray(currents, j, mask);
    }
  }

  private static FloatVector code(FloatVector share, float half) {
    return share
        .fma(broadcast(half), broadcast(PlainReadout.ROUNDER))
        .sub(PlainReadout.ROUNDER)
        .min(half - 1);
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
