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
  private static final LongVector FIRST = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0);
  private static final LongVector SECOND = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1);
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
      for (int lane = 0; lane < LANES; lane += 2 * LONGS.length()) {
        blocks(key, block + lane, c1, c2, words, lane);
      }
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        pairs(words, lane, lane + LANES, target, base + lane);
        pairs(words, lane + 2 * LANES, lane + 3 * LANES, target, base + 2 * LANES + lane);
      }
    }
  }

  /// Two vectors of blocks at a time: each round waits for its product, and two chains fill each other's gaps.
  ///
  /// Only the low halves of the lanes count; the products mask what lies above, which costs nothing.
  private static void blocks(long key, int c0, int c1, int c2, int[] words, int lane) {
    LongVector a0 = RAMP.add(c0 & 0xFFFFFFFFL);
    LongVector b0 = RAMP.add((c0 + LONGS.length()) & 0xFFFFFFFFL);
    LongVector a1 = LongVector.broadcast(LONGS, c1 & 0xFFFFFFFFL);
    LongVector b1 = a1;
    LongVector a2 = LongVector.broadcast(LONGS, c2 & 0xFFFFFFFFL);
    LongVector b2 = a2;
    LongVector a3 = LongVector.zero(LONGS);
    LongVector b3 = a3;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      LongVector key0 = LongVector.broadcast(LONGS, k0 & 0xFFFFFFFFL);
      LongVector key1 = LongVector.broadcast(LONGS, k1 & 0xFFFFFFFFL);
      LongVector pa0 = a0.and(LOW).mul(FIRST.and(LOW));
      LongVector pb0 = b0.and(LOW).mul(FIRST.and(LOW));
      LongVector pa1 = a2.and(LOW).mul(SECOND.and(LOW));
      LongVector pb1 = b2.and(LOW).mul(SECOND.and(LOW));
      a0 = xor(pa1.lanewise(VectorOperators.LSHR, 32), a1, key0);
      b0 = xor(pb1.lanewise(VectorOperators.LSHR, 32), b1, key0);
      a2 = xor(pa0.lanewise(VectorOperators.LSHR, 32), a3, key1);
      b2 = xor(pb0.lanewise(VectorOperators.LSHR, 32), b3, key1);
      a1 = pa1;
      b1 = pb1;
      a3 = pa0;
      b3 = pb0;
      k0 += Philox.WEYL_0;
      k1 += Philox.WEYL_1;
    }
    int next = lane + LONGS.length();
    narrow(a0).intoArray(words, lane);
    narrow(b0).intoArray(words, next);
    narrow(a1).intoArray(words, lane + LANES);
    narrow(b1).intoArray(words, next + LANES);
    narrow(a2).intoArray(words, lane + 2 * LANES);
    narrow(b2).intoArray(words, next + 2 * LANES);
    narrow(a3).intoArray(words, lane + 3 * LANES);
    narrow(b3).intoArray(words, next + 3 * LANES);
  }

  private static LongVector xor(LongVector a, LongVector b, LongVector c) {
    return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
  }

  private static IntVector narrow(LongVector words) {
    return (IntVector) words.convertShape(VectorOperators.L2I, HALVES, 0);
  }

  private static void pairs(int[] words, int radii, int angles, float[] target, int index) {
    IntVector radius = IntVector.fromArray(INTS, words, radii).lanewise(VectorOperators.LSHR, 8);
    FloatVector r = ln(toFloat(radius).fma(broadcast(PlainNormals.UNIT), broadcast(PlainNormals.HALF_UNIT)))
        .mul(-2f).sqrt();
    IntVector angle = IntVector.fromArray(INTS, words, angles);
    IntVector eighth =
        angle.lanewise(VectorOperators.LSHL, 3).lanewise(VectorOperators.ASHR, 3);
    FloatVector t = toFloat(eighth).mul(PlainNormals.QUARTER);
    FloatVector t2 = t.mul(t);
    IntVector sin = t.mul(polynomial(PlainNormals.SIN, t2)).reinterpretAsInts();
    IntVector cos = polynomial(PlainNormals.COS, t2).reinterpretAsInts();
    IntVector swap =
        angle.lanewise(VectorOperators.LSHL, 2).lanewise(VectorOperators.ASHR, 31);
    IntVector exchange = sin.lanewise(VectorOperators.XOR, cos).and(swap);
    r.mul(flip(cos.lanewise(VectorOperators.XOR, exchange), angle)).intoArray(target, index);
    IntVector next = angle.lanewise(VectorOperators.LSHL, 1);
    r.mul(flip(sin.lanewise(VectorOperators.XOR, exchange), next))
        .intoArray(target, index + LANES);
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

  /// Gives numbers the signs of `signs`, where they were positive.
  private static FloatVector flip(IntVector bits, IntVector signs) {
    return bits.lanewise(VectorOperators.XOR, signs.and(0x80000000)).reinterpretAsFloats();
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  @Override
  public String toString() {
    return "Vector API, " + FLOATS.length() + " lanes";
  }
}
