package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/// The vector normals are the plain ones bit for bit, both are normal, and rows are independent.
class NormalsTest {
  private static final int MANY = 1 << 17;
  private static final int[] COUNTS = {1, 2, 15, 16, 17, 63, 64, 65, 100, 127, 128, 256, 1000};

  private final Normals plain = new PlainNormals();
  private final Normals vector = new VectorNormals();

  @Test
  void aRowCanBeginAtAnyChunk() {
    float[] whole = new float[640];
    for (Normals normals : List.of(new PlainNormals(), new VectorNormals())) {
      normals.fill(3, 1, 4, whole, 640);
      for (int first = 0; first < 640; first += Normals.CHUNK) {
        float[] part = new float[Normals.CHUNK];
        normals.fill(3, 1, 4, first, part, 50);
        for (int i = 0; i < 50; i++) {
          assertEquals(whole[first + i], part[i], first + " + " + i);
        }
      }
      assertThrows(
          IllegalArgumentException.class, () -> normals.fill(3, 1, 4, 10, new float[64], 5));
    }
  }

  @Test
  void theVectorTwinGivesTheSameBits() {
    Philox random = new Philox(1);
    for (int trial = 0; trial < 300; trial++) {
      long key = random.nextLong();
      int c1 = random.nextInt();
      int c2 = random.nextInt();
      for (int count : COUNTS) {
        int[] expected = bits(row(plain, key, c1, c2, count));
        assertArrayEquals(expected, bits(row(vector, key, c1, c2, count)), count + " numbers");
      }
    }
  }

  @Test
  void writesNothingBeyondTheLastChunk() {
    for (Normals normals : new Normals[] {plain, vector}) {
      for (int count : COUNTS) {
        float[] target = new float[Normals.padded(count) + 20];
        Arrays.fill(target, Float.NaN);
        normals.fill(3, 1, 4, target, count);
        for (int i = 0; i < target.length; i++) {
          boolean beyond = i >= Normals.padded(count);
          if (beyond || i < count) {
            assertEquals(beyond, Float.isNaN(target[i]), count + " numbers, entry " + i);
          }
        }
      }
    }
  }

  @Test
  void aShorterRowIsTheBeginningOfALonger() {
    float[] all = row(plain, 12, 3, 4, 1000);
    for (int count : COUNTS) {
      assertArrayEquals(Arrays.copyOf(all, count), row(plain, 12, 3, 4, count));
    }
  }

  /// Box and Muller's transform in double precision, from the generator's own words.
  @Test
  void eachNumberIsTheTransformOfItsWords() {
    int count = 640;
    float[] row = row(plain, 99, 5, 6, count);
    int[] words = new int[4];
    for (int i = 0; i < count; i++) {
      int place = i % Normals.CHUNK;
      int lane = place % Normals.LANES;
      int half = (lane & 1) * Normals.LANES / 2;
      int block = i / Normals.CHUNK * Normals.LANES + lane / 2 + half;
      Philox.block(99, block, 5, 6, 0, words);
      int pair = place / (2 * Normals.LANES);
      double u = ((words[2 * pair] >>> 9) + 1) * 0x1p-23;
      int angle = words[2 * pair + 1];
      // The 23 bits below the top three are an angle within an eighth of a turn; the three mirror
      // it at the diagonal and the axes.
      double eighth = ((angle << 3 >>> 9) * 0x1p-23 - 0.5) * Math.PI / 2;
      boolean first = place / Normals.LANES % 2 == 0;
      boolean diagonal = (angle >>> 29 & 1) == 1;
      int sign = (first ? angle >>> 31 : angle >>> 30 & 1) == 1 ? -1 : 1;
      double share = sign * (first != diagonal ? Math.cos(eighth) : Math.sin(eighth));
      assertEquals(share * Math.sqrt(-2 * Math.log(u)), row[i], 2e-6, "number " + i);
    }
  }

  @Test
  void haveTheMomentsOfNormalNumbers() {
    for (long key = 1; key <= 3; key++) {
      DescriptiveStatistics sample =
          new DescriptiveStatistics(doubles(row(vector, key, 0, 0, MANY)));
      double n = MANY;
      assertEquals(0, sample.getMean(), 4 / Math.sqrt(n), "mean");
      assertEquals(1, sample.getVariance(), 4 * Math.sqrt(2 / n), "variance");
      assertEquals(0, sample.getSkewness(), 4 * Math.sqrt(6 / n), "skewness");
      assertEquals(0, sample.getKurtosis(), 4 * Math.sqrt(24 / n), "excess kurtosis");
      assertTrue(sample.getMax() > 4 && sample.getMax() < 5.9, "most: " + sample.getMax());
      assertTrue(sample.getMin() < -4 && sample.getMin() > -5.9, "least: " + sample.getMin());
    }
  }

  @Test
  void followTheNormalDistribution() {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    for (long key = 1; key <= 3; key++) {
      double[] sample = doubles(row(vector, key, 7, 0, MANY));
      double distance = test.kolmogorovSmirnovStatistic(new NormalDistribution(0, 1), sample);
      // Exceeded by one sample of normal numbers in 1000.
      assertTrue(distance < 1.95 / Math.sqrt(MANY), "distance " + distance);
    }
  }

  /// Short rows are what a read draws: one for each vector.
  @Test
  void manyShortRowsAreNormalInEveryPlace() {
    int rows = 4000;
    double[][] places = new double[70][rows];
    for (int r = 0; r < rows; r++) {
      float[] row = row(vector, 8, r, 0, places.length);
      for (int place = 0; place < places.length; place++) {
        places[place][r] = row[place];
      }
    }
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    for (int place = 0; place < places.length; place++) {
      double distance =
          test.kolmogorovSmirnovStatistic(new NormalDistribution(0, 1), places[place]);
      // One in 100,000: there are 70 places.
      assertTrue(distance < 2.47 / Math.sqrt(rows), "place " + place + ", distance " + distance);
    }
    assertUncorrelated(places[0], places[1], "neighbours");
    assertUncorrelated(places[0], places[16], "cosine and sine of one pair");
    assertUncorrelated(places[0], places[32], "two pairs of one block");
    assertUncorrelated(places[0], places[64], "two chunks");
  }

  @Test
  void rowsAndKeysAreIndependent() {
    double[] base = doubles(row(vector, 8, 0, 0, MANY));
    assertUncorrelated(base, doubles(row(vector, 9, 0, 0, MANY)), "keys");
    assertUncorrelated(base, doubles(row(vector, 8L + (1L << 32), 0, 0, MANY)), "high keys");
    assertUncorrelated(base, doubles(row(vector, 8, 1, 0, MANY)), "c1");
    assertUncorrelated(base, doubles(row(vector, 8, 0, 1, MANY)), "c2");
    assertUncorrelated(base, doubles(row(vector, 8, -1, -1, MANY)), "last counters");
  }

  /// Neither the numbers nor their squares go together.
  private static void assertUncorrelated(double[] a, double[] b, String what) {
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    double bound = 4 / Math.sqrt(a.length);
    assertEquals(0, correlation.correlation(a, b), bound, what);
    assertEquals(0, correlation.correlation(squares(a), squares(b)), bound, what + ", squares");
  }

  private static double[] squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).toArray();
  }

  private static float[] row(Normals normals, long key, int c1, int c2, int count) {
    float[] target = new float[Normals.padded(count)];
    normals.fill(key, c1, c2, target, count);
    return Arrays.copyOf(target, count);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
