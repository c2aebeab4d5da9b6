package org.mortal.bench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.tile.FastTileBank;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;
import org.mortal.tile.WeightUpdate;

/// Weights on chips of volatile cells, through the port.
class FadingTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final TileBank.Shape SHAPE = new TileBank.Shape(32, 64);
  private static final int PULSES = 50;
  private static final int READS = 400;

  /// Small, so that amplifiers do not bend what all cells together answer.
  private static final float INPUT = 0.1f;

  private static Fading open(String... addresses) {
    return open(KERNELS, addresses);
  }

  private static Fading open(Kernels kernels, String... addresses) {
    return Fading.open(Chips::open, List.of(addresses), SHAPE, kernels);
  }

  /// The mean answer of all outputs to all inputs at once, by one read or many.
  private static double answer(Tile tile, int reads) {
    Batch x = Batch.zeros(reads, SHAPE.inputs());
    for (int n = 0; n < reads; n++) {
      for (int i = 0; i < SHAPE.inputs(); i++) {
        x.set(n, i, INPUT);
      }
    }
    Batch y = Batch.zeros(reads, SHAPE.outputs());
    tile.forward(x, y);
    double sum = 0;
    for (float[] row : y.toArrays()) {
      for (float one : row) {
        sum += one;
      }
    }
    return sum / reads / SHAPE.outputs();
  }

  private static short[] everywhere() {
    short[] counts = new short[SHAPE.inputs() * SHAPE.outputs()];
    Arrays.fill(counts, (short) PULSES);
    return counts;
  }

  /// E exp(-t / τ) for τ log-normal of mean 1 and deviation 0.2, by the midpoints of 1000 equal shares.
  private static double left(double lives) {
    double sigma = Math.sqrt(Math.log1p(0.2 * 0.2));
    NormalDistribution normal = new NormalDistribution();
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      double z = normal.inverseCumulativeProbability((i + 0.5) / 1000);
      sum += Math.exp(-lives / Math.exp(sigma * z - sigma * sigma / 2));
    }
    return sum / 1000;
  }

  @ParameterizedTest
  @CsvSource({"sim:tiox-volatile?seed=3, 400e-6", "sim:wox-volatile?seed=3, 50e-3"})
  void weightsFadeByTheLawOfTheirCells(String address, double tau) {
    for (double lives : new double[] {0.5, 1.5}) {
      try (Fading fading = open(address)) {
        TileBank bank = fading.banks().getFirst();
        Tile tile = bank.tiles().getFirst();
        double rest = answer(tile, READS);
        tile.apply(new WeightUpdate.Pulses(everywhere()));
        double written = answer(tile, 1) - rest;
        bank.pause(lives * tau);
        double now = answer(tile, 1) - rest;
        // A write of 32 rows takes 0.16 ms; what rest, noise and that take away is a few per cent.
        assertEquals(left(lives), now / written, 0.06, "after " + lives + " time constants");
      }
    }
  }

  @Test
  void aChipWhoseClockStandsStillKeepsWhatItHolds() {
    try (Fading fading = open("sim:hfox?seed=3")) {
      TileBank bank = fading.banks().getFirst();
      Tile tile = bank.tiles().getFirst();
      tile.apply(new WeightUpdate.Pulses(everywhere()));
      double written = answer(tile, READS);
      bank.pause(1);
      assertEquals(written, answer(tile, READS), 0.01 * written);
    }
  }

  @Test
  void countsAsPartOfTheNetworkAndClosesWithIt() {
    TileBank slow = Rig.exact(List.of(new TileBank.Shape(4, 3)), KERNELS).bank();
    TileBank bank = open("sim:tiox-volatile", "sim:wox-volatile").beside(slow);
    assertEquals(2, bank.fading().size());
    Usage before = bank.usage();
    bank.fading().getLast().tiles().getFirst().apply(new WeightUpdate.Pulses(everywhere()));
    Usage used = bank.usage().since(before);
    assertEquals(SHAPE.inputs() * SHAPE.outputs(), used.cellWrites());
    assertEquals((long) PULSES * used.cellWrites(), used.pulses());
    assertTrue(used.energyJoules() > 0);
    bank.close();
    for (TileBank one : ((FastTileBank) bank).fading()) {
      assertThrows(ChipException.class, () -> answer(one.tiles().getFirst(), 1));
    }
  }

  private static double afterAWhile(Kernels kernels) {
    try (Fading fading = open(kernels, "sim:tiox-volatile?seed=5&rows=16")) {
      TileBank bank = fading.banks().getFirst();
      bank.tiles().getFirst().apply(new WeightUpdate.Pulses(everywhere()));
      bank.pause(1e-4);
      return answer(bank.tiles().getFirst(), 10);
    }
  }

  @Test
  void theSameBitsWhateverTheThreads() {
    assertEquals(afterAWhile(KERNELS), afterAWhile(Kernels.select(2)), 0);
  }

  @Test
  void whatIsNoChipIsRefused() {
    assertThrows(ChipException.class, () -> open("sim:tiox-volatile", "sim:unheard-of"));
    assertThrows(ChipException.class, () -> open("sim:tiox-volatile?rows=16&arrays=1"));
  }
}
