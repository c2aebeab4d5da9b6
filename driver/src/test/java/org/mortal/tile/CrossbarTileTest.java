package org.mortal.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.PlainProducts;
import org.mortal.tile.TileBank.Shape;

/// A tile on exact cells is a plain matrix product, over however many arrays, with either sensing.
class CrossbarTileTest {
  private static final Kernels KERNELS = Kernels.select(2);
  private static final double LIMIT = 2;

  private static Tile tile(ExactChip chip, int inputs, int outputs) {
    return bank(chip, new Shape(inputs, outputs)).tiles().get(0);
  }

  private static CrossbarTileBank bank(ExactChip chip, Shape... shapes) {
    WeightMapping mapping = new WeightMapping.DifferentialPair(LIMIT);
    return new CrossbarTileBank(chip, "exact cells", List.of(shapes), mapping, KERNELS);
  }

  /// Whole pulses, at most as many as the window has steps.
  private static short[] pulses(int inputs, int outputs) {
    Batch parts = Batches.uniform(6, inputs, outputs, -250, 250);
    short[] counts = new short[inputs * outputs];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) Math.round(parts.get(i / outputs, i % outputs));
    }
    return counts;
  }

  private static Batch weights(short[] counts, int inputs, int outputs) {
    Batch weights = Batch.zeros(inputs, outputs);
    for (int i = 0; i < counts.length; i++) {
      weights.set(i / outputs, i % outputs, (float) (counts[i] * LIMIT / 250));
    }
    return weights;
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
    "784, 512, 256, 256, DIFFERENTIAL",
    "784, 100, 256, 255, SINGLE"
  })
  void isAProductOfInputsAndWeights(
      int inputs, int outputs, int rows, int columns, Sensing sensing) {
    ExactChip chip = new ExactChip(rows, columns, sensing, 50);
    Tile tile = tile(chip, inputs, outputs);
    assertEquals(inputs, tile.inputs());
    assertEquals(outputs, tile.outputs());
    short[] counts = pulses(inputs, outputs);
    assertEquals(1, tile.apply(new WeightUpdate.Pulses(counts)));
    Batch weights = weights(counts, inputs, outputs);
    for (int vectors : new int[] {1, 3}) {
      Batch x = Batches.uniform(vectors, vectors, inputs, 0, 1);
      Batch expected = Batch.zeros(vectors, outputs);
      new PlainProducts().multiply(x, weights, expected);
      Batch y = Batches.filled(vectors, outputs, Float.NaN);
      tile.forward(x, y);
      Batches.assertClose(expected, y, 1e-5 * inputs, vectors + " vectors");
    }
    if (inputs < 100) {
      Batches.assertClose(weights, tile.measureWeights(1), 1e-5, "measured weights");
    }
  }

  @ParameterizedTest
  @CsvSource({"SINGLE", "DIFFERENTIAL"})
  void biasAndProbeAreAddedToEachOutput(Sensing sensing) {
    Tile tile = tile(new ExactChip(8, 8, sensing, 20), 20, 10);
    Batch x = Batches.uniform(1, 2, 20, 0, 1);
    tile.apply(new WeightUpdate.Pulses(pulses(20, 10)));
    Batch without = Batch.zeros(2, 10);
    tile.forward(x, without);
    float[] bias = new float[10];
    float[] probe = new float[10];
    for (int j = 0; j < 10; j++) {
      bias[j] = 0.3f * j - 1;
      probe[j] = j % 2 == 0 ? 0.125f : -0.25f;
    }
    tile.setBias(bias);
    assertArrayEquals(bias, tile.bias());
    Batch plain = Batch.zeros(2, 10);
    tile.forward(x, plain);
    Batch probed = Batch.zeros(2, 10);
    tile.forward(x, Batch.of(new float[][] {probe}), probed);
    Batch again = Batch.zeros(2, 10);
    tile.forward(x, again);
    for (int n = 0; n < 2; n++) {
      for (int j = 0; j < 10; j++) {
        assertEquals(without.get(n, j) + bias[j], plain.get(n, j), 1e-5);
        assertEquals(plain.get(n, j) + probe[j], probed.get(n, j), 1e-5);
      }
    }
    Batches.assertSameBits(plain, again, "a probe lasts for one call");
  }

  @ParameterizedTest
  @CsvSource({"SINGLE", "DIFFERENTIAL"})
  void eachVectorMayHaveAProbeOfItsOwn(Sensing sensing) {
    Tile tile = tile(new ExactChip(8, 8, sensing, 20), 20, 10);
    tile.apply(new WeightUpdate.Pulses(pulses(20, 10)));
    float[] bias = new float[10];
    Arrays.fill(bias, 0.75f);
    tile.setBias(bias);
    Batch x = Batches.uniform(1, 3, 20, 0, 1);
    Batch probes = Batches.uniform(2, 3, 10, -1, 1);
    Batch plain = Batch.zeros(3, 10);
    tile.forward(x, plain);
    Batch probed = Batch.zeros(3, 10);
    tile.forward(x, probes, probed);
    for (int n = 0; n < 3; n++) {
      for (int j = 0; j < 10; j++) {
        assertEquals(plain.get(n, j) + probes.get(n, j), probed.get(n, j), 1e-5);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> tile.forward(x, Batch.zeros(2, 10), probed));
  }

  @Test
  void biasStopsAtItsLimit() {
    Tile tile = tile(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 20), 20, 2);
    // Three arrays share the bias: 3 x 40 uA, and 20 uA make a weight of 2.
    assertEquals(12, tile.biasLimit(), 1e-6);
    tile.setBias(new float[] {1e6f, -13});
    assertArrayEquals(new float[] {12, -12}, tile.bias(), 1e-5f);
    Batch y = Batch.zeros(1, 2);
    tile.forward(Batch.zeros(1, 20), Batch.of(new float[][] {{5, -5}}), y);
    assertEquals(12, y.get(0, 0), 1e-4);
    assertEquals(-12, y.get(0, 1), 1e-4);
  }

  @Test
  void theBiasIsACopy() {
    Tile tile = tile(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 1), 3, 2);
    float[] bias = {1, 2};
    tile.setBias(bias);
    bias[0] = 7;
    tile.bias()[1] = 8;
    assertArrayEquals(new float[] {1, 2}, tile.bias());
  }

  @Test
  void withoutABiasConverterThereIsNoProbe() {
    Geometry geometry = new Geometry(8, 8, Sensing.DIFFERENTIAL);
    CrossbarTileBank bank =
        bank(new ExactChip(geometry, ExactChip.withoutBias(), 1), new Shape(3, 2));
    assertEquals(Set.of(Capability.PULSES, Capability.TRANSPOSE), bank.capabilities());
    Tile tile = bank.tiles().get(0);
    Batch x = Batch.zeros(1, 3);
    Batch y = Batch.zeros(1, 2);
    Batch probe = Batch.of(new float[][] {{1, 1}});
    assertThrows(UnsupportedOperationException.class, () -> tile.forward(x, probe, y));
    assertEquals(0, bank.usage().arrayReads());
    tile.setBias(new float[] {1, -1});
    assertArrayEquals(new float[] {0, 0}, tile.bias(), 0);
    tile.forward(x, y);
    Batches.assertClose(Batch.zeros(1, 2), y, 1e-6, "no bias");
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Tile tile = tile(new ExactChip(8, 8, Sensing.DIFFERENTIAL, 4), 3, 2);
    int[][] shapes = {{1, 4, 1, 2}, {1, 3, 1, 3}, {2, 3, 1, 2}};
    for (int[] s : shapes) {
      Batch x = Batch.zeros(s[0], s[1]);
      Batch y = Batch.zeros(s[2], s[3]);
      assertThrows(IllegalArgumentException.class, () -> tile.forward(x, y));
    }
    assertThrows(
        IllegalArgumentException.class, () -> tile.apply(new WeightUpdate.Pulses(new short[5])));
    assertThrows(IllegalArgumentException.class, () -> new WeightMapping.DifferentialPair(0));
    assertThrows(IllegalArgumentException.class, () -> new Shape(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Shape(1, 0));
  }

  @Test
  void weightsOfOneTileDoNotReachAnother() {
    ExactChip chip = new ExactChip(8, 8, Sensing.DIFFERENTIAL, 8);
    List<Tile> tiles = bank(chip, new Shape(10, 4), new Shape(4, 5)).tiles();
    tiles.get(0).apply(new WeightUpdate.Pulses(pulses(10, 4)));
    Batches.assertClose(Batch.zeros(4, 5), tiles.get(1).measureWeights(1), 1e-6, "second tile");
    Batch first = weights(pulses(10, 4), 10, 4);
    tiles.get(1).apply(new WeightUpdate.Pulses(pulses(4, 5)));
    Batches.assertClose(first, tiles.get(0).measureWeights(1), 1e-5, "first tile");
    assertTrue(chip.array(4).siemens(0, 0) == ExactChip.LIMITS.minSiemens(), "a spare array");
  }
}
