package org.mortal.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Cell;
import org.mortal.chip.ExactChip;
import org.mortal.chip.ExactCrossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.tile.TileBank.Shape;

/// How updates of weights become pulses of cells: one cell of a pair at a time, never beyond the
/// window.
class TileUpdateTest {
  private static final Limits LIMITS = ExactChip.LIMITS;
  private static final double STEP = LIMITS.write().stepSiemens();

  private ExactChip chip;
  private Tile tile;

  @BeforeEach
  void layOut() {
    chip = new ExactChip(4, 6, Sensing.DIFFERENTIAL, 8);
    tile = on(chip, new Shape(6, 4));
  }

  private static Tile on(ExactChip chip, Shape shape) {
    WeightMapping mapping = new WeightMapping.DifferentialPair(1);
    return new CrossbarTileBank(chip, "test", List.of(shape), mapping, Kernels.plain())
        .tiles()
        .get(0);
  }

  private void pulse(int count) {
    short[] counts = new short[24];
    counts[0] = (short) count;
    tile.apply(new WeightUpdate.Pulses(counts));
  }

  /// Steps of the two cells of weight (0, 0) above the lowest conductance.
  private void assertPair(int plus, int minus) {
    ExactCrossbar array = chip.array(0);
    assertEquals(LIMITS.minSiemens() + plus * STEP, array.siemens(0, 0), 1e-12, "plus");
    assertEquals(LIMITS.minSiemens() + minus * STEP, array.siemens(0, 3), 1e-12, "minus");
  }

  @Test
  void aWeightLiesOnOneCellOfItsPair() {
    assertEquals(1.0 / 250, tile.weightStep(), 1e-12);
    assertEquals(1, tile.weightLimit());
    pulse(10);
    assertPair(10, 0);
    pulse(-4);
    assertPair(6, 0);
    pulse(-10);
    assertPair(0, 4);
    pulse(-1);
    assertPair(0, 5);
    pulse(8);
    assertPair(3, 0);
    assertEquals(10 + 4 + 6 + 4 + 1 + 5 + 3, chip.telemetry().pulses());
    // Those that cross zero write both cells.
    assertEquals(7, chip.telemetry().cellWrites());
  }

  @Test
  void pulsesEndAtTheWeightLimit() {
    pulse(400);
    assertPair(250, 0);
    pulse(100);
    assertEquals(250, chip.telemetry().pulses());
    pulse(-1);
    assertPair(249, 0);
    pulse(-500);
    assertPair(0, 250);
    pulse(-30);
    pulse(2);
    assertPair(0, 248);
  }

  @Test
  void incrementsAreRoundedToWholePulses() {
    Batch increment = Batch.zeros(6, 4);
    double step = tile.weightStep();
    double[] parts = {0.4, 0.6, -0.4, -0.6, 1.4, 1.6, -2.4, -2.6, 0, 30.2, -30.8, 7};
    double[] whole = {0, 1, 0, -1, 1, 2, -2, -3, 0, 30, -31, 7};
    Batch expected = Batch.zeros(6, 4);
    for (int i = 0; i < parts.length; i++) {
      increment.set(i / 4, i % 4, (float) (parts[i] * step));
      expected.set(i / 4, i % 4, (float) (whole[i] * step));
    }
    assertEquals(1, tile.apply(new WeightUpdate.Increment(increment)));
    Batches.assertClose(expected, tile.measureWeights(1), 1e-5, "weights");
    assertEquals(0 + 1 + 0 + 1 + 1 + 2 + 2 + 3 + 30 + 31 + 7, chip.telemetry().pulses());
  }

  @Test
  void incrementsBeyondTheLimitStopThere() {
    tile.apply(new WeightUpdate.Increment(Batches.filled(6, 4, 1e9f)));
    Batches.assertClose(Batches.filled(6, 4, 1), tile.measureWeights(1), 1e-5, "most");
    tile.apply(new WeightUpdate.Increment(Batches.filled(6, 4, -1.5f)));
    Batches.assertClose(Batches.filled(6, 4, -0.5f), tile.measureWeights(1), 1e-5, "less");
  }

  @Test
  void manySmallUpdatesAreTheirSum() {
    Philox random = new Philox(2);
    int[] sum = new int[24];
    for (int round = 0; round < 200; round++) {
      short[] counts = new short[24];
      for (int i = 0; i < 24; i++) {
        counts[i] = (short) random.nextInt(-40, 41);
        sum[i] = Math.clamp(sum[i] + counts[i], -250, 250);
      }
      tile.apply(new WeightUpdate.Pulses(counts));
    }
    Batch measured = tile.measureWeights(1);
    for (int i = 0; i < 24; i++) {
      assertEquals(sum[i] / 250.0, measured.get(i / 4, i % 4), 1e-5, "weight " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 6, DIFFERENTIAL", "4, 6, SINGLE", "5, 7, SINGLE"})
  void programsWeights(int rows, int columns, Sensing sensing) {
    Tile tile = on(new ExactChip(rows, columns, sensing, 8), new Shape(6, 4));
    Batch weights = Batches.uniform(1, 6, 4, -1, 1);
    double tolerance = 0.6 * tile.weightStep();
    assertEquals(1, tile.apply(new WeightUpdate.Program(weights, tolerance)), 1e-12);
    Batches.assertClose(weights, tile.measureWeights(2), 2.01 * tolerance, "weights");
  }

  @Test
  void programsOneCellOfEachPairAndClipsAtTheLimit() {
    Batch weights = Batches.filled(6, 4, -7);
    weights.set(0, 0, 7);
    double tolerance = 0.6 * tile.weightStep();
    tile.apply(new WeightUpdate.Program(weights, tolerance));
    ExactCrossbar array = chip.array(0);
    assertEquals(LIMITS.maxSiemens(), array.siemens(0, 0), STEP);
    assertEquals(LIMITS.minSiemens(), array.siemens(0, 3), STEP);
    assertEquals(LIMITS.minSiemens(), array.siemens(1, 0), STEP);
    assertEquals(LIMITS.maxSiemens(), array.siemens(1, 3), STEP);
  }

  @Test
  void pulsesGoOnFromWhatWasProgrammed() {
    Batch weights = Batches.filled(6, 4, -0.4f);
    tile.apply(new WeightUpdate.Program(weights, 0.6 * tile.weightStep()));
    pulse(150);
    // 100 steps down on one cell and 50 up on the other.
    assertEquals(0.2, tile.measureWeights(1).get(0, 0), 2.1 * tile.weightStep());
    assertEquals(LIMITS.minSiemens() + 50 * STEP, chip.array(0).siemens(0, 0), 1.1 * STEP);
    assertEquals(LIMITS.minSiemens(), chip.array(0).siemens(0, 3), 1.1 * STEP);
  }

  @Test
  void programmingSaysHowManyCellsAreThere() {
    chip.array(0).stick(new Cell(0, 0));
    Batch weights = Batches.filled(6, 4, 0.5f);
    double success = tile.apply(new WeightUpdate.Program(weights, 0.6 * tile.weightStep()));
    // One of the 24 cells of one of the four arrays.
    assertEquals(1 - 1 / 24.0 / 4, success, 1e-9);
    assertTrue(tile.measureWeights(1).get(0, 0) < 0.01);
  }
}
