package org.mortal.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.ChipException;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Refusals;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.PlainProducts;
import org.mortal.tile.TileBank.Shape;

/// Layouts cover a matrix evenly and once, banks count what is asked of them, and exact tiles are
/// exact.
class TileBankTest {
  private static final WeightMapping MAPPING = new WeightMapping.DifferentialPair(1);
  private static final List<Shape> SHAPES = List.of(new Shape(20, 9), new Shape(9, 3));

  private static CrossbarTileBank bank(ExactChip chip) {
    return new CrossbarTileBank(chip, "a name", SHAPES, MAPPING, Kernels.plain());
  }

  private static ExactChip chip(int arrays) {
    return new ExactChip(8, 8, Sensing.DIFFERENTIAL, arrays);
  }

  @ParameterizedTest
  @CsvSource({
    "784, 512, 256, 256, 4, 4",
    "1, 1, 256, 256, 1, 1",
    "257, 129, 256, 256, 2, 2",
    "256, 128, 256, 256, 1, 1",
    "10, 10, 3, 4, 4, 5",
    "7, 3, 2, 2, 4, 3",
    "30, 5, 8, 5, 4, 3"
  })
  void aLayoutCoversTheMatrixOnceAndEvenly(
      int inputs, int outputs, int rows, int columns, int rowBlocks, int columnBlocks) {
    Geometry geometry = new Geometry(rows, columns, Sensing.SINGLE);
    TileLayout layout = TileLayout.of(new Shape(inputs, outputs), geometry, 5);
    assertEquals(rowBlocks, layout.rowBlocks());
    assertEquals(columnBlocks, layout.columnBlocks());
    assertEquals(rowBlocks * columnBlocks, layout.blocks().size());
    int[][] covered = new int[inputs][outputs];
    for (int b = 0; b < layout.blocks().size(); b++) {
      TileLayout.Block block = layout.blocks().get(b);
      assertEquals(5 + b, block.array());
      assertTrue(block.inputs() <= rows && block.outputs() <= columns / 2, block.toString());
      assertEquals((double) inputs / rowBlocks, block.inputs(), 0.999, "even inputs");
      assertEquals((double) outputs / columnBlocks, block.outputs(), 0.999, "even outputs");
      for (int i = block.fromInput(); i < block.toInput(); i++) {
        for (int j = block.fromOutput(); j < block.toOutput(); j++) {
          covered[i][j]++;
        }
      }
    }
    for (int[] row : covered) {
      for (int times : row) {
        assertEquals(1, times);
      }
    }
  }

  @Test
  void anArrayOfOneColumnHoldsNoPairs() {
    Geometry geometry = new Geometry(4, 1, Sensing.SINGLE);
    assertThrows(IllegalArgumentException.class, () -> TileLayout.of(new Shape(2, 2), geometry, 0));
  }

  @Test
  void tilesTakeArraysOneAfterAnother() {
    List<TileLayout> layouts = bank(chip(11)).layouts();
    assertEquals(9, layouts.get(0).blocks().size());
    assertEquals(9, layouts.get(1).blocks().get(0).array());
    assertEquals(2, layouts.get(1).blocks().size());
  }

  @Test
  void tooFewArraysAreRefusedWithTheCount() {
    ChipException refusal = Refusals.assertRefused(() -> bank(chip(10)), "11", "10", "exact-8x8");
    assertEquals(new Fault.TooFewArrays("exact-8x8", 11, 10), refusal.fault());
    assertEquals(2, bank(chip(11)).tiles().size());
  }

  @Test
  void countsWhatIsAskedOfIt() {
    ExactChip chip = chip(11);
    chip.array(0).read(Batch.zeros(3, 8));
    CrossbarTileBank bank = bank(chip);
    assertEquals(Usage.ZERO, bank.usage());
    bank.tiles().get(0).forward(Batch.zeros(5, 20), Batch.zeros(5, 9));
    bank.tiles().get(1).forward(Batch.zeros(2, 9), Batch.zeros(2, 3));
    Usage reads = bank.usage();
    assertEquals(7, reads.queries());
    assertEquals(5 * 9 + 2 * 2, reads.arrayReads());
    short[] counts = new short[180];
    counts[7] = 3;
    counts[100] = -4;
    bank.tiles().get(0).apply(new WeightUpdate.Pulses(counts));
    Usage writes = bank.usage().since(reads);
    assertEquals(new Usage(0, 0, 0, 2, 7, writes.energyJoules(), writes.chipSeconds()), writes);
    assertEquals(7e-12, writes.energyJoules(), 1e-18);
    assertEquals(7e-6, writes.chipSeconds(), 1e-12);
    Usage sum = reads.plus(writes);
    assertEquals(7, sum.pulses());
    assertEquals(7, sum.queries());
    assertEquals(reads.arrayReads(), sum.arrayReads());
  }

  @Test
  void knowsItsNameItsAbilitiesAndItsScale() {
    CrossbarTileBank bank = bank(chip(11));
    assertEquals("a name", bank.name());
    assertEquals(
        EnumSet.of(Capability.PULSES, Capability.BIAS_PROBE, Capability.TRANSPOSE),
        bank.capabilities());
    // 0.2 V through a window of 100 microsiemens make a weight of one.
    assertEquals(20e-6, bank.ampsPerUnit(), 1e-12);
  }

  @Test
  void closingClosesTheChip() {
    ExactChip chip = chip(11);
    CrossbarTileBank bank = bank(chip);
    bank.close();
    assertTrue(chip.closed());
    assertThrows(
        ChipException.class,
        () -> bank.tiles().get(0).forward(Batch.zeros(1, 20), Batch.zeros(1, 9)));
  }

  @Test
  void exactTilesAreExact() {
    ExactTileBank bank = new ExactTileBank(SHAPES, Kernels.plain());
    Tile tile = bank.tiles().get(0);
    Batch weights = Batches.uniform(1, 20, 9, -3, 3);
    assertEquals(1, tile.apply(new WeightUpdate.Program(weights, 1e-9)));
    Batches.assertSameBits(weights, tile.measureWeights(1), "programmed");
    Batch x = Batches.uniform(2, 6, 20, 0, 1);
    Batch expected = Batch.zeros(6, 9);
    new PlainProducts().multiply(x, weights, expected);
    Batch y = Batch.zeros(6, 9);
    tile.forward(x, y);
    Batches.assertSameBits(expected, y, "forward");
    float[] bias = new float[9];
    bias[2] = 1.5f;
    float[] probe = new float[9];
    probe[2] = 0.25f;
    probe[3] = -1;
    tile.setBias(bias);
    tile.forward(x, Batch.of(new float[][] {probe}), y);
    assertEquals(expected.get(4, 2) + 1.75f, y.get(4, 2));
    assertEquals(expected.get(4, 3) - 1f, y.get(4, 3));
    assertEquals(expected.get(4, 4), y.get(4, 4));
    tile.forward(x, y);
    assertEquals(expected.get(4, 3), y.get(4, 3));
    assertArrayEquals(bias, tile.bias());
  }

  @Test
  void exactTilesAddIncrementsAndRefusePulses() {
    ExactTileBank bank = new ExactTileBank(SHAPES, Kernels.plain());
    assertEquals("exact", bank.name());
    assertEquals(
        EnumSet.of(Capability.EXACT_WEIGHTS, Capability.BIAS_PROBE, Capability.TRANSPOSE),
        bank.capabilities());
    Tile tile = bank.tiles().get(1);
    tile.apply(new WeightUpdate.Increment(Batches.filled(9, 3, 0.001f)));
    tile.apply(new WeightUpdate.Increment(Batches.filled(9, 3, -0.25f)));
    Batch copy = tile.measureWeights(1);
    Batches.assertSameBits(Batches.filled(9, 3, 0.001f - 0.25f), copy, "weights");
    copy.set(0, 0, 9);
    assertEquals(0.001f - 0.25f, tile.measureWeights(1).get(0, 0), "measured weights are a copy");
    assertThrows(
        UnsupportedOperationException.class,
        () -> tile.apply(new WeightUpdate.Pulses(new short[27])));
    tile.forward(Batch.zeros(4, 9), Batch.zeros(4, 3));
    assertEquals(new Usage(4, 4 * 27, 0, 2 * 27, 0, 0, 0), bank.usage());
    assertEquals(Double.POSITIVE_INFINITY, tile.weightLimit());
    assertEquals(0, tile.weightStep());
    assertInstanceOf(TileBank.class, bank).close();
  }

  @Test
  void sparesLieBehindTheNetworkAndAreCounted() {
    ExactChip chip = chip(22);
    CrossbarTileBank bank =
        new CrossbarTileBank(chip, "a name", SHAPES, SHAPES, MAPPING, Kernels.plain());
    assertEquals(2, bank.tiles().size());
    assertEquals(2, bank.layouts().size());
    Tile spare = bank.spares().get(0);
    assertEquals(20, spare.inputs());
    spare.forward(Batch.zeros(5, 20), Batch.zeros(5, 9));
    assertEquals(5, bank.usage().queries());
    short[] counts = new short[180];
    counts[0] = 30;
    counts[1] = -2;
    spare.apply(new WeightUpdate.Pulses(counts));
    counts[0] = -40;
    spare.apply(new WeightUpdate.Pulses(counts));
    int first = bank.layouts().stream().mapToInt(layout -> layout.blocks().size()).sum();
    double low = ExactChip.LIMITS.minSiemens();
    assertEquals(low, chip.array(first).siemens(0, 0), 1e-12, "down on the same cell");
    assertEquals(low, chip.array(first).siemens(0, 4), 1e-12, "its reference");
    assertEquals(-10.0 / 250, spare.nominalWeights().get(0, 0), 1e-6);
    assertEquals(32 + 42, chip.telemetry().pulses());
    assertThrows(
        ChipException.class,
        () -> new CrossbarTileBank(chip(first), "x", SHAPES, SHAPES, MAPPING, Kernels.plain()));
  }
}
