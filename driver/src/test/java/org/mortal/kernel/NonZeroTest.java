package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The vector search for touched cells finds what the plain one finds, wherever a range begins and
/// ends.
class NonZeroTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.15, 0.9, 1})
  void vectorsFindWhatPlainLoopsFind(double density) {
    Philox random = new Philox(Philox.key(7, (long) (1000 * density)));
    short[] values = new short[1000];
    int expected = 0;
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < density) {
        values[i] = (short) (random.nextBoolean() ? 1 + random.nextInt(9) : Short.MIN_VALUE);
        expected++;
      }
    }
    int[] all = new int[values.length];
    assertEquals(expected, NonZero.find(values, 0, values.length, all, 0));
    for (int from = 0; from < 70; from += 7) {
      for (int to = from; to <= values.length; to += 61) {
        int[] plain = new int[values.length + 3];
        int[] fast = new int[values.length + 3];
        int found = NonZero.plain(values, from, to, plain, 3);
        assertEquals(found, VectorNonZero.find(values, from, to, fast, 3));
        assertArrayEquals(Arrays.copyOf(plain, found + 3), Arrays.copyOf(fast, found + 3));
      }
    }
  }
}
