package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// The vector twin gives the bits of the plain one, and both are squares and sums.
class SquaresTest {

  private static float[] numbers(int seed, int count) {
    float[] numbers = new float[count];
    Philox random = new Philox(seed);
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void theVectorTwinGivesTheSameBits() {
    for (int count = 0; count <= 256; count += Squares.STRANDS) {
      float[][] plain = {numbers(1, count + 3), numbers(2, count + 3), new float[Squares.STRANDS]};
      float[][] vector = {numbers(1, count + 3), numbers(2, count + 3), new float[Squares.STRANDS]};
      Squares.plain(plain[0], plain[1], plain[2], count);
      VectorSquares.square(vector[0], vector[1], vector[2], count);
      for (int k = 0; k < plain.length; k++) {
        assertArrayEquals(plain[k], vector[k], "array " + k + " of " + count);
      }
    }
  }

  @Test
  void squaresAreAddedToTheirPlacesAndUp() {
    for (int count : new int[] {0, 1, 15, 16, 17, 100}) {
      float[] values = numbers(1, count + 1);
      float[] before = values.clone();
      float[] sums = numbers(2, count + 1);
      float[] added = sums.clone();
      double all = 0;
      float sum = Squares.square(values, sums, count);
      for (int i = 0; i < count; i++) {
        assertEquals(before[i] * before[i], values[i]);
        assertEquals(added[i] + before[i] * before[i], sums[i]);
        all += (double) before[i] * before[i];
      }
      assertEquals(all, sum, 1e-6 * (all + 1));
      assertEquals(before[count], values[count], "what lies beyond stays");
      assertEquals(added[count], sums[count], "what lies beyond stays");
    }
  }
}
