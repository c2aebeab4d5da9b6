package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Kernels;
import org.mortal.sim.device.CellModel;

/// The quirks of a chip follow its profile, and its seed alone decides them.
class QuirksTest {
  private static final Kernels KERNELS = Kernels.select(1);

  private static SimChip chip(ChipProfile profile, long seed) {
    return new ChipPopulation(profile).chip(seed, KERNELS);
  }

  private static double[] gains(SimChip chip) {
    // One exact train: what a cell makes of it is its gain.
    Crossbar crossbar = chip.arrays().get(0);
    short[] counts = new short[crossbar.geometry().cells()];
    Arrays.fill(counts, (short) 100);
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    CellModel cells = chip.profile().cells();
    return Arrays.stream(chip.truth(0).siemens())
        .flatMapToDouble(Arrays::stream)
        .map(siemens -> (siemens - cells.window().minSiemens()) / (100 * cells.stepSiemens()))
        .toArray();
  }

  private static SummaryStatistics statistics(double[] values) {
    SummaryStatistics statistics = new SummaryStatistics();
    Arrays.stream(values).forEach(statistics::addValue);
    return statistics;
  }

  private static void assertFollows(RealDistribution expected, double[] sample, String what) {
    double distance = new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(expected, sample);
    // Exceeded by one sample in 1000.
    assertTrue(distance < 1.95 / Math.sqrt(sample.length), what + ", distance " + distance);
  }

  @Test
  void gainsOfCellsAreLogNormalAroundOne() {
    for (double spread : new double[] {0.2, 0.5}) {
      CellModel cells = TestProfiles.cells(spread, 0, 0, 0, 0);
      double[] gains = gains(chip(TestProfiles.withCells(256, 256, cells), 5));
      SummaryStatistics statistics = statistics(gains);
      assertEquals(1, statistics.getMean(), 4 * spread / 256, "mean");
      assertEquals(spread, statistics.getStandardDeviation(), 0.03 * spread, "spread");
      double shape = Math.sqrt(Math.log(1 + spread * spread));
      assertFollows(
          new LogNormalDistribution(-shape * shape / 2, shape), gains, "spread " + spread);
    }
  }

  @Test
  void withoutASpreadAllCellsAreTheSame() {
    CellModel cells = TestProfiles.cells(0, 0, 0, 0, 0);
    for (double gain : gains(chip(TestProfiles.withCells(32, 32, cells), 5))) {
      assertEquals(1, gain, 1e-5);
    }
  }

  @Test
  void oneCellInAHundredIsStuckHalfOfThemLow() {
    SimChip chip = chip(TestProfiles.PROFILE, 6);
    double lowest = TestProfiles.HFOX.window().minSiemens();
    int stuck = 0;
    int low = 0;
    SummaryStatistics others = new SummaryStatistics();
    for (int array = 0; array < 4; array++) {
      ArrayTruth truth = chip.truth(array);
      for (int r = 0; r < 256; r++) {
        for (int c = 0; c < 256; c++) {
          double above = truth.siemens()[r][c] - lowest;
          if (!truth.stuck()[r][c]) {
            assertEquals(0, above, 1e-12, "new cells lie at the lowest level");
          } else if (above == 0) {
            stuck++;
            low++;
          } else {
            stuck++;
            others.addValue(above / TestProfiles.HFOX.window().windowSiemens());
          }
        }
      }
    }
    double cells = 4 * 65_536;
    assertEquals(0.01 * cells, stuck, 4 * Math.sqrt(0.0099 * cells));
    assertEquals(0.5 * stuck, low, 4 * Math.sqrt(0.25 * stuck));
    // Evenly over the window, times a gain of mean one and a spread of 20 %.
    double deviation = Math.sqrt(1.04 / 3 - 0.25);
    assertEquals(0.5, others.getMean(), 4 * deviation / Math.sqrt(others.getN()));
    assertEquals(deviation, others.getStandardDeviation(), 0.1 * deviation);
  }

  @Test
  void amplifiersSpreadAsStated() {
    for (ChipProfile profile : new ChipProfile[] {TestProfiles.PROFILE, TestProfiles.HARSH}) {
      SimChip chip =
          chip(profile.with(TestProfiles.withCells(1, 256, TestProfiles.HFOX).geometry()), 7);
      int arrays = 20;
      double[] gains = new double[arrays * 128];
      double[] offsets = new double[arrays * 128];
      for (int i = 0; i < gains.length; i++) {
        gains[i] = chip.truth(i / 128).gains()[i % 128];
        offsets[i] = chip.truth(i / 128).offsets()[i % 128];
      }
      double spread = profile.sense().gainSpread();
      assertTrue(statistics(gains).getMin() >= 1 - spread - 1e-6, profile.name());
      assertTrue(statistics(gains).getMax() <= 1 + spread + 1e-6, profile.name());
      assertFollows(new UniformRealDistribution(1 - spread, 1 + spread), gains, profile.name());
      double offset = profile.sense().offsetAmps();
      assertFollows(new NormalDistribution(0, offset), offsets, profile.name());
    }
  }

  @Test
  void theSameSeedIsTheSameChip() {
    ChipProfile profile = TestProfiles.withCells(40, 24, TestProfiles.HFOX);
    for (long seed : new long[] {0, 1, -5, Long.MAX_VALUE}) {
      // Arrays asked for in another order, and by plain kernels.
      SimChip one = chip(profile, seed);
      SimChip two = new ChipPopulation(profile).chip(seed, 3, Kernels.plain());
      ArrayTruth last = two.truth(2);
      for (int array = 0; array < 3; array++) {
        assertSameTruth(one.truth(array), array == 2 ? last : two.truth(array));
      }
    }
  }

  static void assertSameTruth(ArrayTruth a, ArrayTruth b) {
    assertTrue(Arrays.deepEquals(a.siemens(), b.siemens()), "conductances");
    assertTrue(Arrays.deepEquals(a.stuck(), b.stuck()), "stuck cells");
    assertArrayEquals(a.gains(), b.gains());
    assertArrayEquals(a.offsets(), b.offsets());
  }

  @Test
  void anotherSeedOrArrayIsAnother() {
    CellModel cells = TestProfiles.cells(0.2, 0, 0, 0, 0);
    ChipProfile profile = TestProfiles.withCells(64, 64, cells);
    double[][] gains = new double[6][];
    for (int seed = 0; seed < gains.length; seed++) {
      gains[seed] = gains(chip(profile, seed));
    }
    for (int a = 0; a < gains.length; a++) {
      for (int b = 0; b < a; b++) {
        assertUnrelated(gains[a], gains[b], "chips " + a + " and " + b);
      }
    }
    SimChip chip = chip(profile, 1);
    assertUnrelated(floats(chip.truth(0).gains()), floats(chip.truth(1).gains()), "arrays");
    assertUnrelated(floats(chip.truth(0).offsets()), floats(chip.truth(1).offsets()), "arrays");
    assertUnrelated(floats(chip.truth(0).gains()), floats(chip.truth(0).offsets()), "kinds");
  }

  /// No stream of one chip is another stream of another chip, however small the seeds.
  @Test
  void streamsAreApart() {
    long distinct =
        java.util.stream.LongStream.range(-10, 30)
            .boxed()
            .flatMap(seed ->
                Arrays.stream(Stream.values())
                    .flatMap(stream ->
                        java.util.stream.IntStream.range(0, 30)
                            .mapToObj(array -> stream.key(seed, array))))
            .distinct()
            .count();
    assertEquals(40 * Stream.values().length * 30, distinct);
  }

  private static double[] floats(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static void assertUnrelated(double[] a, double[] b, String what) {
    double correlation =
        new org.apache.commons.math3.stat.correlation.PearsonsCorrelation().correlation(a, b);
    assertEquals(0, correlation, 4 / Math.sqrt(a.length), what);
  }

  @Test
  void anIdealChipHasNoQuirks() {
    SimChip chip = chip(TestProfiles.IDEAL, 9);
    for (double gain : gains(chip)) {
      assertEquals(1, gain, 1e-5);
    }
    for (float gain : chip.truth(0).gains()) {
      assertEquals(1, gain);
    }
    for (float offset : chip.truth(0).offsets()) {
      assertTrue(offset == 0, "offset " + offset);
    }
  }
}
