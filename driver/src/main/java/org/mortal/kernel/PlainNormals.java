package org.mortal.kernel;

/// Box and Muller's transform number by number: the portable twin of [VectorNormals], equal to it bit for bit.
///
/// Every step is one correctly rounded float32 operation or a fused multiply-add, which a vector unit repeats exactly.
/// The polynomials are Chebyshev least-squares fits, within 3e-8 of the functions on their intervals.
public final class PlainNormals implements Normals {
  /// The bits of 1: with the top 23 bits of a word below them, a number from 1 to 2.
  static final int ONE_BITS = 0x3f800000;

  /// Taken from a number from 1 to 2, leaves one from 2^-23 to 1: never 0, whose logarithm is infinite.
  static final float BELOW_ONE = 1 - 0x1p-23f;

  /// Taken from a number from 1 to 2, leaves one from -1/2 to 1/2: a share of a quarter turn, so an angle within an
  /// eighth of a turn either way. The low 29 bits of an angle word make it; the three bits above mirror it at the diagonal
  /// and at both axes, so that it covers the circle evenly.
  static final float MIDDLE = 1.5f;

  /// A number whose last place is 1, and its bits: a small integer added to the bits is added to the number.
  static final float INTEGER = 0x1.8p23f;

  static final int INTEGER_BITS = Float.floatToRawIntBits(INTEGER);
  static final float LN2 = (float) Math.log(2);

  /// The bits of sqrt(1/2): mantissas are brought into [sqrt(1/2), sqrt(2)).
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  /// (ln(1 + z) - z + z²/2) / z³ on [sqrt(1/2) - 1, sqrt(2) - 1], highest power first.
  static final float[] LOG = {
    -0.0810227021574974f, 0.1271267831325531f, -0.12972144782543182f, 0.14202114939689636f,
    -0.166422501206398f, 0.20001471042633057f, -0.2500029504299164f, 0.333333283662796f
  };

  /// sin(t pi/2) / t in powers of t² on [-1/2, 1/2], highest power first.
  static final float[] SIN = {
    -0.004602163098752499f, 0.07968021929264069f, -0.6459634900093079f, 1.5707963705062866f
  };

  /// cos(t pi/2) in powers of t² on [-1/2, 1/2], highest power first.
  static final float[] COS = {
    0.00090362987248227f, -0.02086007036268711f, 0.25366920232772827f, -1.2337005138397217f, 1.0f
  };

  @Override
  public void fill(long key, int c1, int c2, int first, float[] target, int count) {
    int[] words = new int[4];
    int padded = Normals.padded(count);
    for (int base = 0, block = Normals.block(first); base < padded; base += CHUNK, block += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        // Even lanes take the first half of a chunk's blocks, odd ones the second: how two vectors
        // of longs interleave.
        Philox.block(key, block + lane / 2 + (lane & 1) * LANES / 2, c1, c2, 0, words);
        pair(words[0], words[1], target, base + lane);
        pair(words[2], words[3], target, base + 2 * LANES + lane);
      }
    }
  }

  private static void pair(int radius, int angle, float[] target, int index) {
    float r = (float) Math.sqrt(-2f * ln(oneToTwo(radius) - BELOW_ONE));
    float t = oneToTwo(angle << 3) - MIDDLE;
    float t2 = t * t;
    float sin = t * polynomial(SIN, t2);
    float cos = polynomial(COS, t2);
    boolean swap = (angle << 2) < 0;
    target[index] = r * flip(swap ? sin : cos, angle);
    target[index + LANES] = r * flip(swap ? cos : sin, angle << 1);
  }

  private static float oneToTwo(int word) {
    return Float.intBitsToFloat(word >>> 9 | ONE_BITS);
  }

  private static float ln(float u) {
    int bits = Float.floatToRawIntBits(u) - SQRT_HALF_BITS;
    float exponent = bits >> 23;
    float z = Float.intBitsToFloat((bits & 0x7fffff) + SQRT_HALF_BITS) - 1f;
    float z2 = z * z;
    float mantissa = Math.fma(z2 * z, polynomial(LOG, z), Math.fma(-0.5f, z2, z));
    return Math.fma(exponent, LN2, mantissa);
  }

  private static float polynomial(float[] coefficients, float x) {
    float sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = Math.fma(sum, x, coefficients[i]);
    }
    return sum;
  }

  private static float flip(float x, int sign) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ (sign & 0x80000000));
  }
}
