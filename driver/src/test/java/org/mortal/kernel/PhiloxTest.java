package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The generator is Philox4x32-10 as published; streams are apart.
class PhiloxTest {
  /// The known answers that come with the authors' Random123 library.
  @Test
  void givesThePublishedAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x299f31d0a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }

  private static int[] block(long key, int c0, int c1, int c2, int c3) {
    int[] words = new int[4];
    Philox.block(key, c0, c1, c2, c3, words);
    return words;
  }

  @Test
  void aSequenceIsTheBlocksOneAfterAnother() {
    Philox random = new Philox(77);
    for (int counter = 0; counter < 5; counter++) {
      for (int word : block(77, counter, 0, 0, 0)) {
        assertEquals(word, random.nextInt());
      }
    }
    int[] next = block(77, 5, 0, 0, 0);
    assertEquals(((long) next[0] << 32) | (next[1] & 0xFFFFFFFFL), random.nextLong());
  }

  @Test
  void everyPathIsAKeyOfItsOwn() {
    Set<Long> keys = new HashSet<>();
    int made = 0;
    for (long seed = -20; seed < 20; seed++) {
      keys.add(Philox.key(seed));
      made++;
      for (long purpose = 0; purpose < 5; purpose++) {
        keys.add(Philox.key(seed, purpose));
        made++;
        for (long array = 0; array < 20; array++) {
          keys.add(Philox.key(seed, purpose, array));
          made++;
        }
      }
    }
    assertEquals(made, keys.size());
    assertEquals(Philox.key(3, 1, 4), Philox.key(3, 1, 4));
  }

  @Test
  void bitsAreEven() {
    Philox random = new Philox(5);
    int draws = 20_000;
    int[] ones = new int[32];
    for (int i = 0; i < draws; i++) {
      int word = random.nextInt();
      for (int bit = 0; bit < 32; bit++) {
        ones[bit] += word >>> bit & 1;
      }
    }
    for (int count : ones) {
      // Five standard deviations.
      assertTrue(Math.abs(count - draws / 2) < 2.5 * Math.sqrt(draws), "ones: " + count);
    }
  }
}
