package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Readout.Converter;

/// The vector readout is the plain one bit for bit, and both are amplifier and converter as
/// described.
class ReadoutTest {
  private static final float SCALE = 80e-6f;

  private final Readout plain = new PlainReadout();
  private final Readout vector = new VectorReadout();

  @Test
  void theVectorTwinGivesTheSameBits() {
    for (int bits = 0; bits <= 16; bits++) {
      for (int count = 0; count <= 70; count++) {
        assertTwins(new Converter(SCALE, bits == 0 ? 0 : 1 << bits), count);
      }
    }
    for (int count = 0; count <= 70; count++) {
      assertTwins(new Converter(Float.POSITIVE_INFINITY, 0), count);
    }
  }

  @Test
  void aClippingTwinGivesTheSameBits() {
    for (int count = 0; count <= 40; count++) {
      assertTwins(new Converter(SCALE, 512, true), count);
      assertTwins(new Converter(SCALE, 0, true), count);
    }
    float[] clipped = bare(vector, new Converter(1, 0, true), -3, -1, -0.7f, 0, 0.3f, 1, 2);
    assertArrayEquals(new float[] {-1, -1, -0.7f, 0, 0.3f, 1, 1}, clipped);
  }

  @Test
  void deviationsAreRootsOfSums() {
    Philox random = new Philox(4);
    for (int count = 0; count <= 70; count++) {
      float[] one = new float[count + 2];
      for (int j = 0; j < one.length; j++) {
        one[j] = (float) (random.nextDouble() * 1e-12);
      }
      float[] two = one.clone();
      float[] before = one.clone();
      plain.deviations(one, 3e-13f, count);
      vector.deviations(two, 3e-13f, count);
      assertArrayEquals(one, two);
      for (int j = 0; j < one.length; j++) {
        double expected = j < count ? Math.sqrt(before[j] + 3e-13) : before[j];
        assertEquals(expected, one[j], 1e-6 * expected);
      }
    }
  }

  private void assertTwins(Converter converter, int count) {
    Philox random = new Philox(Philox.key(6, converter.codes(), count));
    int length = count + 3;
    float[][] input = new float[5][length];
    for (int j = 0; j < length; j++) {
      double size = j % 7 == 0 ? 100 : 1;
      input[0][j] = (float) (random.nextGaussian() * SCALE * size);
      input[1][j] = (float) (random.nextDouble() * SCALE / 10);
      input[2][j] = (float) random.nextGaussian();
      input[3][j] = (float) (0.5 + random.nextDouble());
      input[4][j] = (float) (random.nextGaussian() * SCALE / 10);
    }
    float[] one = convert(plain, converter, count, input);
    float[] two = convert(vector, converter, count, input);
    for (int j = 0; j < length; j++) {
      String place = "%s, %d outputs, output %d".formatted(converter, count, j);
      assertEquals(Float.floatToRawIntBits(one[j]), Float.floatToRawIntBits(two[j]), place);
      if (j >= count) {
        assertEquals(input[0][j], one[j], place + " lies beyond the last");
      }
    }
  }

  private static float[] convert(Readout readout, Converter converter, int count, float[][] input) {
    float[] currents = input[0].clone();
    readout.convert(converter, currents, input[1], input[2], input[3], input[4], count);
    return currents;
  }

  /// The answers to `currents` with gains of 1 and neither noise nor offset.
  private static float[] bare(Readout readout, Converter converter, float... currents) {
    int count = currents.length;
    float[] ones = new float[count];
    java.util.Arrays.fill(ones, 1f);
    float[] zeros = new float[count];
    return convert(readout, converter, count, new float[][] {currents, zeros, zeros, ones, zeros});
  }

  @Test
  void withoutSaturationNoiseGainAndShiftAreAllThereIs() {
    float[][] input = {{2e-6f}, {3e-6f}, {-1.5f}, {1.1f}, {0.25e-6f}};
    double expected = 1.1 * (2e-6 - 1.5 * 3e-6) + 0.25e-6;
    for (Readout readout : new Readout[] {plain, vector}) {
      float[] answer = convert(readout, new Converter(Float.POSITIVE_INFINITY, 0), 1, input);
      assertEquals(expected, answer[0], 1e-12);
    }
  }

  @Test
  void saturatesAsTanh() {
    Converter converter = new Converter(1, 0);
    for (float x = -9; x < 9; x += 0.001f) {
      assertEquals(Math.tanh(x), PlainReadout.tanh(x), 3e-5, "tanh of " + x);
      assertEquals(PlainReadout.tanh(x), bare(vector, converter, x)[0], "at " + x);
    }
  }

  @Test
  void largeCurrentsReachTheEndsAndNotMore() {
    float huge = 1e20f;
    for (int bits = 1; bits <= 16; bits++) {
      Converter converter = new Converter(SCALE, 1 << bits);
      double step = 2.0 * SCALE / (1 << bits);
      for (Readout readout : new Readout[] {plain, vector}) {
        float[] ends = bare(readout, converter, -huge, huge, -10 * SCALE, 10 * SCALE);
        assertEquals(-SCALE, ends[0], 1e-6 * SCALE);
        assertEquals(SCALE - step, ends[1], 1e-6 * SCALE);
        assertEquals(ends[0], ends[2]);
        assertEquals(ends[1], ends[3]);
      }
    }
  }

  @Test
  void infiniteCurrentsReachTheEnds() {
    Converter converter = new Converter(SCALE, 512);
    float[] infinities = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] expected = bare(plain, converter, -1, 1);
    assertArrayEquals(expected, bare(plain, converter, infinities));
    assertArrayEquals(expected, bare(vector, converter, infinities));
  }

  @Test
  void givesTheNearestStep() {
    for (int bits = 1; bits <= 12; bits++) {
      int codes = 1 << bits;
      Converter converter = new Converter(SCALE, codes);
      double step = 2.0 * SCALE / codes;
      Set<Float> seen = new TreeSet<>();
      for (double x = -2; x < 2; x += 0.0007) {
        float answer = bare(plain, converter, (float) (x * SCALE))[0];
        double wanted = Math.min(SCALE * Math.tanh(x), SCALE - step);
        assertEquals(wanted, answer, 0.5 * step + 4e-5 * SCALE, bits + " bits at " + x);
        assertEquals(Math.rint(answer / step), answer / step, 1e-3, "a whole step");
        seen.add(answer);
      }
      assertTrue(seen.size() <= codes, bits + " bits gave " + seen.size() + " values");
      assertTrue(bits > 8 || seen.size() > 0.9 * codes, bits + " bits, " + seen.size());
    }
  }

  /// Rounding may cost one step of the finest converter where tanh is flat.
  @Test
  void moreCurrentNeverGivesLess() {
    int count = 40_000;
    float[] currents = new float[count];
    for (int i = 0; i < count; i++) {
      currents[i] = (i - count / 2) * 7f * SCALE / (count / 2);
    }
    for (int bits : new int[] {1, 2, 8, 9, 12, 16}) {
      float[] answers = bare(vector, new Converter(SCALE, 1 << bits), currents);
      float least = bits == 16 ? -1.1f * SCALE / (1 << 15) : 0;
      for (int i = 1; i < count; i++) {
        assertTrue(answers[i] - answers[i - 1] >= least, bits + " bits at " + currents[i]);
      }
    }
  }

  @Test
  void refusesConvertersThatCannotBe() {
    for (float scale : new float[] {0, -1, Float.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Converter(scale, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> new Converter(1, 3));
    assertThrows(IllegalArgumentException.class, () -> new Converter(1, -2));
    assertThrows(IllegalArgumentException.class, () -> new Converter(Float.POSITIVE_INFINITY, 2));
  }
}
