package org.mortal.kernel;

import java.util.random.RandomGenerator;

/// Philox4x32-10: a counter-based random generator.
///
/// Each 128-bit counter is scrambled under a 64-bit key into four 32-bit words, so any draw can be made on any thread
/// in any order with the same bits. A key is a stream: one per purpose, derived by [#key] from the seed.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public final class Philox implements RandomGenerator {
  static final long MULTIPLIER_0 = 0xD2511F53L;
  static final long MULTIPLIER_1 = 0xCD9E8D57L;
  static final int WEYL_0 = 0x9E3779B9;
  static final int WEYL_1 = 0xBB67AE85;
  static final int ROUNDS = 10;
  private static final long LOW = 0xFFFFFFFFL;

  private final long key;
  private final int[] block = new int[4];
  private long counter;
  private int used = 4;

  /// A sequential generator over the stream `key`.
  public Philox(long key) {
    this.key = key;
  }

  /// The stream for one purpose: `seed` and `path` mixed so that streams with different paths are independent.
  public static long key(long seed, long... path) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    for (long step : path) {
      // Mixed once more first: else a step equal to what came before would cancel it, and order
      // would not count.
      mixed = mix(mix(mixed + 0x9E3779B97F4A7C15L) ^ mix(step + 0x9E3779B97F4A7C15L));
    }
    return mixed;
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Writes the four words for counter (c0, c1, c2, c3) under `key` into `words`.
  public static void block(long key, int c0, int c1, int c2, int c3, int[] words) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & LOW);
      long p1 = MULTIPLIER_1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  @Override
  public int nextInt() {
    if (used == 4) {
      block(key, (int) counter, (int) (counter >>> 32), 0, 0, block);
      counter++;
      used = 0;
    }
    return block[used++];
  }

  @Override
  public long nextLong() {
    return ((long) nextInt() << 32) | (nextInt() & LOW);
  }
}
