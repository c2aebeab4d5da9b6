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
    // Words pass through memory: with more in one method the compiler gives up keeping vectors in
    // registers.
    int[] words = new int[CHUNK];
    int padded = Normals.padded(count);
    for (int base = 0, block = 0; base < padded; base += CHUNK, block += LANES) {
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        blocks(key, block + lane / 2, c1, c2, words, lane);
      }
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        pairs(words, lane, target, base + lane);
        pairs(words, lane + 2 * LANES, target, base + 2 * LANES + lane);
      }
    }
  }

  /// The words of as many lanes as a vector has: the even ones from blocks `c0` on, the odd ones from half a chunk
  /// further.
  ///
  /// Both halves go through the rounds together, since each round waits for its products. Only the low half of each long
  /// counts; the products mask what lies above, which costs nothing.
  private static void blocks(long key, int c0, int c1, int c2, int[] words, int lane) {
    LongVector a0 = RAMP.add(c0 & 0xFFFFFFFFL);
    LongVector b0 = RAMP.add(c0 + LANES / 2 & 0xFFFFFFFFL);
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
    interleave(a0, b0).intoArray(words, lane);
    interleave(a1, b1).intoArray(words, lane + LANES);
    interleave(a2, b2).intoArray(words, lane + 2 * LANES);
    interleave(a3, b3).intoArray(words, lane + 3 * LANES);
  }

  private static LongVector xor(LongVector a, LongVector b, LongVector c) {
    return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
  }

  private static IntVector interleave(LongVector even, LongVector odd) {
    return even.and(LOW)
        .lanewise(VectorOperators.OR, odd.lanewise(VectorOperators.LSHL, 32))
        .reinterpretAsInts();
  }

  private static void pairs(int[] words, int lane, float[] target, int index) {
    IntVector radius = IntVector.fromArray(INTS, words, lane);
    IntVector angle = IntVector.fromArray(INTS, words, lane + LANES);
    FloatVector r = ln(oneToTwo(radius).sub(PlainNormals.BELOW_ONE)).mul(-2f).sqrt();
    FloatVector t = oneToTwo(angle.lanewise(VectorOperators.LSHL, 3)).sub(PlainNormals.MIDDLE);
    FloatVector t2 = t.mul(t);
    IntVector sin = t.mul(polynomial(PlainNormals.SIN, t2)).reinterpretAsInts();
    IntVector cos = polynomial(PlainNormals.COS, t2).reinterpretAsInts();
    IntVector swap = angle.lanewise(VectorOperators.LSHL, 2).lanewise(VectorOperators.ASHR, 31);
    IntVector exchange = sin.lanewise(VectorOperators.XOR, cos).and(swap);
    r.mul(flip(cos.lanewise(VectorOperators.XOR, exchange), angle)).intoArray(target, index);
    IntVector next = angle.lanewise(VectorOperators.LSHL, 1);
    r.mul(flip(sin.lanewise(VectorOperators.XOR, exchange), next)).intoArray(target, index + LANES);
  }

  /// The top 23 bits as the fraction of a number from 1 to 2: no conversion, which would take as long as all the rest.
  private static FloatVector oneToTwo(IntVector word) {
    return word.lanewise(VectorOperators.LSHR, 9)
        .lanewise(VectorOperators.OR, PlainNormals.ONE_BITS)
        .reinterpretAsFloats();
  }

  private static FloatVector ln(FloatVector u) {
    IntVector bits = u.reinterpretAsInts().sub(PlainNormals.SQRT_HALF_BITS);
    FloatVector exponent =
        bits.lanewise(VectorOperators.ASHR, 23)
            .add(PlainNormals.INTEGER_BITS)
            .reinterpretAsFloats()
            .sub(PlainNormals.INTEGER);
    FloatVector z =
        bits.and(0x7fffff).add(PlainNormals.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
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
