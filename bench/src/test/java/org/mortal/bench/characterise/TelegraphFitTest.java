package org.mortal.bench.characterise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TelegraphFitTest {
  private static final int READS = 1024;

  private static double[] series(long seed, double amplitude, double up, double down) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] series = new double[READS];
    boolean high = false;
    for (int n = 0; n < READS; n++) {
      high ^= random.nextDouble() < (high ? down : up);
      series[n] = 5 + (high ? amplitude : 0) + random.nextGaussian();
    }
    return series;
  }

  @Test
  void levelsAndDwellTimesAreFound() {
    for (int seed = 0; seed < 20; seed++) {
      TelegraphFit fit = TelegraphFit.of(series(seed, 3, 0.05, 0.1));
      assertTrue(fit.found(), fit.toString());
      // Of some 340 reads at the upper level; what is mistaken adds as much again.
      assertEquals(3, fit.amplitude(), 8 / Math.sqrt(340));
      assertEquals(1, fit.sigma(), 0.15);
      // Of some 34 jumps either way.
      assertEquals(0.05, fit.up(), 4 * 0.05 / Math.sqrt(34));
      assertEquals(0.1, fit.down(), 4 * 0.1 / Math.sqrt(34));
    }
  }

  @Test
  void whiteNoiseHasOneLevel() {
    for (int seed = 0; seed < 100; seed++) {
      double[] white = series(seed, 0, 0.1, 0.1);
      assertFalse(TelegraphFit.of(white).found(), "seed " + seed);
      double[] coarse = Arrays.stream(white).map(value -> 1.5 * Math.rint(value / 1.5)).toArray();
      assertFalse(TelegraphFit.of(coarse).found(), "coarse, seed " + seed);
    }
  }

  @Test
  void whatCannotJumpDoesNot() {
    assertFalse(TelegraphFit.of(new double[READS]).found());
    assertFalse(TelegraphFit.of(new double[] {1, 2, 1, 2}).found());
  }
}
