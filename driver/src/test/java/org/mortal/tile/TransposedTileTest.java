package org.mortal.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Sensing;
import org.mortal.chip.replay.RecordingChip;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.PlainProducts;
import org.mortal.tile.TileBank.Shape;

/// A transposed read of a tile on exact cells is a plain product with the transposed weights, whatever the size of its entries.
class TransposedTileTest {
  private static final Kernels KERNELS = Kernels.select(2);
  private static final double LIMIT = 2;

  @TempDir private Path folder;

  private static CrossbarTileBank bank(Chip chip, Shape... shapes) {
    WeightMapping mapping = new WeightMapping.DifferentialPair(LIMIT);
    return new CrossbarTileBank(chip, "exact cells", List.of(shapes), mapping, KERNELS);
  }

  /// The tile's weights after whole pulses of both signs.
  private static Batch written(Tile tile) {
    Batch parts = Batches.uniform(6, tile.inputs(), tile.outputs(), -250, 250);
    short[] counts = new short[tile.inputs() * tile.outputs()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) Math.round(parts.get(i / tile.outputs(), i % tile.outputs()));
    }
    tile.apply(new WeightUpdate.Pulses(counts));
    return tile.nominalWeights();
  }

  private static Batch product(Batch d, Batch weights) {
    Batch x = Batch.zeros(d.rows(), weights.rows());
    new PlainProducts().multiplyRightTransposed(d, weights, x);
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 4, 2, SINGLE",
    "1, 1, 4, 2, DIFFERENTIAL",
    "13, 7, 16, 16, SINGLE",
    "13, 7, 16, 16, DIFFERENTIAL",
    "65, 33, 16, 14, SINGLE",
    "65, 33, 16, 14, DIFFERENTIAL",
    "65, 33, 16, 15, SINGLE",
    "17, 3, 16, 2, DIFFERENTIAL",
    "300, 200, 256, 256, DIFFERENTIAL"
  })
  void isAProductWithTheTransposedWeights(
      int inputs, int outputs, int rows, int columns, Sensing sensing) {
    ExactChip chip = new ExactChip(rows, columns, sensing, 50);
    Tile tile = bank(chip, new Shape(inputs, outputs)).tiles().getFirst();
    Batch weights = written(tile);
    for (int vectors : new int[] {1, 3}) {
      for (double size : new double[] {1e-6, 1, 300}) {
        Batch d = Batches.uniform(vectors, vectors, outputs, -size, size);
        Batch x = Batches.filled(vectors, inputs, Float.NaN);
        tile.transpose(d, x);
        Batches.assertClose(product(d, weights), x, 1e-5 * size * outputs, vectors + " of " + size);
      }
    }
  }

  /// A large vector takes nothing from a small one beside it, and a vector of zeros gives zeros.
  @Test
  void everyVectorHasItsOwnScale() {
    Tile tile =
        bank(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 20), new Shape(20, 10)).tiles().get(0);
    Batch weights = written(tile);
    Batch d = Batches.uniform(1, 3, 10, -1, 1);
    for (int j = 0; j < 10; j++) {
      d.set(0, j, 1e6f * d.get(0, j));
      d.set(1, j, 0);
    }
    Batch x = Batch.zeros(3, 20);
    tile.transpose(d, x);
    Batches.assertClose(Batch.zeros(1, 20), x.rows(1, 2), 0, "zeros");
    Batch small = d.rows(2, 3);
    Batches.assertClose(product(small, weights), x.rows(2, 3), 1e-4, "beside a large one");
  }

  @Test
  void biasesStayOut() {
    Tile tile = bank(new ExactChip(8, 8, Sensing.SINGLE, 20), new Shape(20, 10)).tiles().get(0);
    Batch weights = written(tile);
    tile.setBias(new float[] {1, 1, 1, 1, 1, -1, -1, -1, -1, -1});
    Batch d = Batches.uniform(1, 2, 10, -1, 1);
    Batch x = Batch.zeros(2, 20);
    tile.transpose(d, x);
    Batches.assertClose(product(d, weights), x, 1e-4, "with a bias set");
  }

  @Test
  void countsItsQueriesAndReads() {
    CrossbarTileBank bank = bank(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 20), new Shape(20, 10));
    bank.tiles().getFirst().transpose(Batches.filled(5, 10, 1), Batch.zeros(5, 20));
    Usage usage = bank.usage();
    assertEquals(5, usage.queries());
    assertEquals(5 * 20 * 10, usage.multiplications());
    assertEquals(5 * 9, usage.arrayReads());
    assertEquals(45e-12, usage.energyJoules(), 1e-18);
    ExactTileBank exact = new ExactTileBank(List.of(new Shape(20, 10)), KERNELS);
    exact.tiles().getFirst().transpose(Batch.zeros(5, 10), Batch.zeros(5, 20));
    assertEquals(new Usage(5, 1000, 0, 0, 0, 0, 0), exact.usage());
  }

  @Test
  void exactTilesTransposeExactly() {
    Tile tile = new ExactTileBank(List.of(new Shape(20, 9)), Kernels.plain()).tiles().getFirst();
    Batch weights = Batches.uniform(1, 20, 9, -3, 3);
    tile.apply(new WeightUpdate.Program(weights, 1e-9));
    tile.setBias(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    Batch d = Batches.uniform(2, 4, 9, -5, 5);
    Batch x = Batch.zeros(4, 20);
    tile.transpose(d, x);
    Batches.assertSameBits(product(d, weights), x, "transposed");
  }

  @Test
  void refusesWhatIsNoVectorOfItsShape() {
    Tile tile = bank(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 4), new Shape(3, 2)).tiles().get(0);
    for (int[] s : new int[][] {{1, 3, 1, 3}, {1, 2, 1, 2}, {2, 2, 1, 3}}) {
      Batch d = Batch.zeros(s[0], s[1]);
      Batch x = Batch.zeros(s[2], s[3]);
      assertThrows(IllegalArgumentException.class, () -> tile.transpose(d, x));
    }
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Batch d = Batch.of(new float[][] {{1, bad}});
      assertThrows(ChipException.class, () -> tile.transpose(d, Batch.zeros(1, 3)));
    }
  }

  /// A recording holds forward reads only.
  @Test
  void aChipThatCannotLacksTheCapability() {
    Chip exact = new ExactChip(8, 8, Sensing.DIFFERENTIAL, 1);
    try (Chip chip = new RecordingChip(exact, folder.resolve("session.jsonl"))) {
      CrossbarTileBank bank = bank(chip, new Shape(3, 2));
      assertEquals(EnumSet.of(Capability.PULSES, Capability.BIAS_PROBE), bank.capabilities());
      Tile tile = bank.tiles().getFirst();
      assertThrows(
          UnsupportedOperationException.class,
          () -> tile.transpose(Batch.zeros(1, 2), Batch.zeros(1, 3)));
      assertEquals(0, bank.usage().queries());
    }
  }
}
