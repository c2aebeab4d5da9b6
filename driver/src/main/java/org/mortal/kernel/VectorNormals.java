package org.mortal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
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
  private static final LongVector RAMP = LongVector.zero(LONGS).addIndex(1);
  private static final long LOW = 0xFFFFFFFFL;

  /// Numbers made in one go: their words stay in the first-level cache.
  private static final int STRIP = 4 * CHUNK;

  /// The passes over a strip, one after another through memory, from a table for the reason given at [VectorPasses].
  private static final Pass[] PASSES = {
    VectorNormals::words, VectorNormals::radii, VectorNormals::angles
  };

  @FunctionalInterface
  private interface Pass {
    void over(long key, int c0, int c1, int c2, long[] words, float[] target, int at, int length);
  }

  /// True if this processor has vectors wide enough to be worth it.
  static boolean supported() {
    return FloatVector.SPECIES_PREFERRED.length() >= 8;
  }

  @Override
  public void fill(long key, int c1, int c2, int first, float[] target, int count) {
    int block = Normals.block(first);
    int padded = Normals.padded(count);
    long[] words = new long[Math.min(padded, STRIP)];
    for (int at = 0; at < padded; at += STRIP) {
      int length = Math.min(STRIP, padded - at);
      for (Pass pass : PASSES) {
        pass.over(key, block + at / CHUNK * LANES, c1, c2, words, target, at, length);
      }
    }
  }

  /// The words of `length` numbers, those of a chunk together: the first words of its blocks, the second, the third, the
  /// fourth.
  private static void words(
      long key, int c0, int c1, int c2, long[] words, float[] target, int at, int length) {
    for (int base = 0; base < length; base += CHUNK) {
      for (int lane = 0; lane < LANES; lane += LONGS.length()) {
        blocks(key, c0 + base / CHUNK * LANES + lane, c1, c2, words, base + lane);
      }
    }
  }

  /// As many blocks as a vector of longs has lanes. Only the low half of each long counts.
  ///
  /// Both factors of a product are masked, which tells the compiler to multiply 32 bits by 32 and not 64 by 64.
  private static void blocks(long key, int c0, int c1, int c2, long[] words, int at) {
    LongVector low = LongVector.broadcast(LONGS, LOW);
    LongVector first = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(low);
    LongVector second = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(low);
    LongVector x0 = RAMP.add(c0 & LOW);
    LongVector x1 = LongVector.broadcast(LONGS, c1 & LOW);
    LongVector x2 = LongVector.broadcast(LONGS, c2 & LOW);
    LongVector x3 = LongVector.zero(LONGS);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      LongVector p0 = x0.and(low).mul(first);
      LongVector p1 = x2.and(low).mul(second);
      x0 = high(p1).lanewise(VectorOperators.XOR, x1).lanewise(VectorOperators.XOR, k0 & LOW);
      x2 = high(p0).lanewise(VectorOperators.XOR, x3).lanewise(VectorOperators.XOR, k1 & LOW);
      x1 = p1;
      x3 = p0;
      k0 += Philox.WEYL_0;
      k1 += Philox.WEYL_1;
    }
    x0.intoArray(words, at);
    x1.intoArray(words, at + LANES);
    x2.intoArray(words, at + 2 * LANES);
    x3.intoArray(words, at + 3 * LANES);
  }

  private static LongVector high(LongVector product) {
    return product.lanewise(VectorOperators.LSHR, 32);
  }

  /// The words from `at` on as lanes: the even ones from the first half of a chunk's blocks, the odd ones from the second.
  private static IntVector lanes(long[] words, int at) {
    LongVector even = LongVector.fromArray(LONGS, words, at);
    LongVector odd = LongVector.fromArray(LONGS, words, at + LANES / 2);
    return even.and(LOW)
        .lanewise(VectorOperators.OR, odd.lanewise(VectorOperators.LSHL, 32))
        .reinterpretAsInts();
  }

  /// The radius of each pair of numbers, where its first number will be.
  private static void radii(
      long key, int c0, int c1, int c2, long[] words, float[] target, int at, int length) {
    for (int base = 0; base < length; base += 2 * LANES) {
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        IntVector radius = lanes(words, base + lane / 2);
        FloatVector u = oneToTwo(radius).sub(PlainNormals.BELOW_ONE);
        ln(u).mul(-2f).sqrt().intoArray(target, at + base + lane);
      }
    }
  }

  /// Turns each radius by its angle, which makes two numbers of it.
  private static void angles(
      long key, int c0, int c1, int c2, long[] words, float[] target, int at, int length) {
    for (int base = 0; base < length; base += 2 * LANES) {
      for (int lane = 0; lane < LANES; lane += FLOATS.length()) {
        int first = at + base + lane;
        IntVector angle = lanes(words, base + LANES + lane / 2);
        FloatVector r = FloatVector.fromArray(FLOATS, target, first);
        FloatVector t = oneToTwo(angle.lanewise(VectorOperators.LSHL, 3)).sub(PlainNormals.MIDDLE);
        FloatVector t2 = t.mul(t);
        FloatVector sin = cubic(PlainNormals.SIN, t2).mul(t);
        FloatVector cos = cubic(PlainNormals.COS, t2).fma(t2, broadcast(PlainNormals.COS[4]));
        VectorMask<Float> swap = angle.lanewise(VectorOperators.LSHL, 2).lt(0).cast(FLOATS);
        flip(cos.blend(sin, swap).mul(r), angle).intoArray(target, first);
        flip(sin.blend(cos, swap).mul(r), angle.lanewise(VectorOperators.LSHL, 1))
            .intoArray(target, first + LANES);
      }
    }
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

  private static FloatVector cubic(float[] coefficients, FloatVector x) {
    return broadcast(coefficients[0])
        .fma(x, broadcast(coefficients[1]))
        .fma(x, broadcast(coefficients[2]))
        .fma(x, broadcast(coefficients[3]));
  }

  /// Changes the sign of numbers where `signs` is negative.
  private static FloatVector flip(FloatVector numbers, IntVector signs) {
    return numbers
        .reinterpretAsInts()
        .lanewise(VectorOperators.XOR, signs.and(0x80000000))
        .reinterpretAsFloats();
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  @Override
  public String toString() {
    return "Vector API, " + FLOATS.length() + " lanes";
  }
}
