package org.mortal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The vector twin of [PlainNormals]: the same bits, many lanes at a time.
final class VectorNormals implements Normals {
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Long> LONGS = FLOATS.withLanes(long.class);
  // Half as many lanes as there are floats: one long vector narrows into one of these.
  private static final VectorSpecies<Integer> HALVES =
      VectorSpecies.of(
          int.class, jdk.incubator.vector.VectorShape.forBitSize(INTS.vectorBitSize() / 2));
  private static final LongVector LOW = LongVector.broadcast(LONGS, 0xFFFFFFFFL);
  private static final LongVector RAMP = LongVector.zero(LONGS).addIndex(1);

  /// True if this processor has vectors wide enough to be worth it.
  static boolean supported() {
    return FloatVector.SPECIES_PREFERRED.length() >= 8;
  }

  @Override
  public void fill(long key, int c1, int c2, float[] target, int count) {
    int[] words = new int[4 * LANES];
    int padded = Normals.padded(count);
    for (int base = 0, block = 0; base < padded; base += CHUNK, block += LANES) {
      for (int lane = 0; lane < LANES; lane += LONGS.length()) {
        blocks(key, block + lane, c1, c2, words, lane);
      }
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        pairs(words, lane, lane + LANES, target, base + lane);
        pairs(words, lane + 2 * LANES, lane + 3 * LANES, target, base + 2 * LANES + lane);
      }
    }
  }

  private static void blocks(long key, int c0, int c1, int c2, int[] words, int lane) {
    LongVector x0 = RAMP.add(c0 & 0xFFFFFFFFL);
    LongVector x1 = LongVector.broadcast(LONGS, c1 & 0xFFFFFFFFL);
    LongVector x2 = LongVector.broadcast(LONGS, c2 & 0xFFFFFFFFL);
    LongVector x3 = LongVector.zero(LONGS);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      LongVector p0 = x0.and(LOW).mul(Philox.MULTIPLIER_0);
      LongVector p1 = x2.and(LOW).mul(Philox.MULTIPLIER_1);
      x0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, x1)
          .lanewise(VectorOperators.XOR, k0 & 0xFFFFFFFFL);
      x2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, x3)
          .lanewise(VectorOperators.XOR, k1 & 0xFFFFFFFFL);
      x1 = p1.and(LOW);
      x3 = p0.and(LOW);
      k0 += Philox.WEYL_0;
      k1 += Philox.WEYL_1;
    }
    narrow(x0).intoArray(words, lane);
    narrow(x1).intoArray(words, lane + LANES);
    narrow(x2).intoArray(words, lane + 2 * LANES);
    narrow(x3).intoArray(words, lane + 3 * LANES);
  }

  private static IntVector narrow(LongVector words) {
    return (IntVector) words.convertShape(VectorOperators.L2I, HALVES, 0);
  }

  private static void pairs(int[] words, int radii, int angles, float[] target, int index) {
    IntVector radius = IntVector.fromArray(INTS, words, radii).lanewise(VectorOperators.LSHR, 8);
    FloatVector r = ln(toFloat(radius).fma(broadcast(PlainNormals.UNIT), broadcast(PlainNormals.HALF_UNIT)))
        .mul(-2f).sqrt();
    IntVector angle = IntVector.fromArray(INTS, words, angles);
    IntVector quadrant = angle.add(0x20000000).lanewise(VectorOperators.LSHR, 30);
    FloatVector t = toFloat(angle.sub(quadrant.lanewise(VectorOperators.LSHL, 30))).mul(PlainNormals.QUARTER);
    FloatVector t2 = t.mul(t);
    FloatVector sin = t.mul(polynomial(PlainNormals.SIN, t2));
    FloatVector cos = polynomial(PlainNormals.COS, t2);
    var odd = quadrant.and(1).eq(1).cast(FLOATS);
    FloatVector x = cos.blend(sin, odd);
    FloatVector y = sin.blend(cos, odd);
    r.mul(flip(x, quadrant.add(1))).intoArray(target, index);
    r.mul(flip(y, quadrant)).intoArray(target, index + LANES);
  }

  private static FloatVector ln(FloatVector u) {
    IntVector bits = u.reinterpretAsInts().sub(PlainNormals.SQRT_HALF_BITS);
    FloatVector exponent = toFloat(bits.lanewise(VectorOperators.ASHR, 23));
    FloatVector z = bits.and(0x7fffff).add(PlainNormals.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
    FloatVector z2 = z.mul(z);
    FloatVector mantissa =
        z2.mul(z).fma(polynomial(PlainNormals.LOG, z), broadcast(-0.5f).fma(z2, z));
    return exponent.fma(broadcast(PlainNormals.LN2), mantissa);
  }

  private static FloatVector polynomial(float[] coefficients, FloatVector x) {
    FloatVector sum = broadcast(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum.fma(x, broadcast(coefficients[i]));
    }
    return sum;
  }

  private static FloatVector toFloat(IntVector x) {
    return (FloatVector) x.convert(VectorOperators.I2F, 0);
  }

  private static FloatVector flip(FloatVector x, IntVector quadrant) {
    IntVector sign = quadrant.lanewise(VectorOperators.LSHL, 30).and(0x80000000);
    return x.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  @Override
  public String toString() {
    return "Vector API, " + FLOATS.length() + " lanes";
  }
}
