package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank.Shape;
import org.mortal.tile.WeightMapping;
import org.mortal.tile.WeightUpdate;

/// The number of threads changes no bit; the size of batches changes only how sums are rounded.
class ThreadsTest {
  private static final int ARRAYS = 5;

  /// Noise that is the same for all cells, and noise that needs a product of its own.
  enum Noise {
    UNIFORM(0),
    RELATIVE(0.05);

    private final ChipProfile profile;

    Noise(double relative) {
      profile =
          TestProfiles.withCells(70, 48, TestProfiles.cells(0.2, 0.01, 0.3, 0.8e-6, relative));
    }
  }

  /// All that came out of one run.
  private record Run(List<Batch> reads, List<ArrayTruth> truths, Telemetry telemetry) {}

  private static void assertSame(Run expected, Run actual, String what) {
    assertEquals(expected.reads().size(), actual.reads().size());
    for (int i = 0; i < expected.reads().size(); i++) {
      Batches.assertSameBits(expected.reads().get(i), actual.reads().get(i), what);
    }
    for (int i = 0; i < expected.truths().size(); i++) {
      QuirksTest.assertSameTruth(expected.truths().get(i), actual.truths().get(i));
    }
    assertEquals(expected.telemetry(), actual.telemetry(), what);
  }

  private static Run run(List<Batch> reads, SimChip chip) {
    List<ArrayTruth> truths = new ArrayList<>();
    for (int array = 0; array < ARRAYS; array++) {
      truths.add(chip.truth(array));
    }
    return new Run(reads, truths, chip.telemetry());
  }

  @ParameterizedTest
  @EnumSource
  void readsAndPulsesOfManyArrays(Noise noise) {
    Run one = readsAndPulses(noise, 1);
    assertSame(one, readsAndPulses(noise, 2), "2 threads");
    assertSame(one, readsAndPulses(noise, 4), "4 threads");
  }

  private static Run readsAndPulses(Noise noise, int threads) {
    SimChip chip = new ChipPopulation(noise.profile).chip(5, ARRAYS, Kernels.select(threads));
    List<Batch> results = new ArrayList<>();
    Philox random = new Philox(3);
    for (int round = 0; round < 6; round++) {
      List<Chip.ArrayPulses> trains = new ArrayList<>();
      List<Chip.ArrayRead> reads = new ArrayList<>();
      Batch shared = Batches.uniform(round, 300, 70, 0, 1);
      for (int array = 0; array < ARRAYS; array++) {
        short[] counts = new short[70 * 48];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = (short) (random.nextInt(4) == 0 ? random.nextInt(-20, 41) : 0);
        }
        trains.add(new Chip.ArrayPulses(array, PulseTrain.nominal(counts, noise.profile.write())));
        Batch inputs = array % 2 == 0 ? shared : Batches.uniform(array, 5, 70, 0, 1);
        Batch amps = Batch.zeros(inputs.rows(), 24);
        Read.Sense sense = Read.Sense.values()[(array + round) % 3];
        reads.add(new Chip.ArrayRead(array, new Read(inputs, 0.1, null, sense), amps));
        results.add(amps);
      }
      chip.pulse(trains);
      chip.read(reads);
    }
    return run(results, chip);
  }

  @ParameterizedTest
  @EnumSource
  void tilesOverManyArrays(Noise noise) {
    Run one = tiles(noise, 1);
    assertSame(one, tiles(noise, 2), "2 threads");
    assertSame(one, tiles(noise, 4), "4 threads");
  }

  private static Run tiles(Noise noise, int threads) {
    Kernels kernels = Kernels.select(threads);
    SimChip chip = new ChipPopulation(noise.profile).chip(5, ARRAYS, kernels);
    List<Shape> shapes = List.of(new Shape(131, 40), new Shape(40, 10));
    WeightMapping mapping = new WeightMapping.DifferentialPair(1);
    List<Tile> tiles = new CrossbarTileBank(chip, "test", shapes, mapping, kernels).tiles();
    List<Batch> results = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      for (Tile tile : tiles) {
        Batch change = Batches.uniform(round, tile.inputs(), tile.outputs(), -0.3, 0.3);
        tile.apply(new WeightUpdate.Increment(change));
        Batch y = Batch.zeros(20, tile.outputs());
        tile.forward(Batches.uniform(9, 20, tile.inputs(), 0, 1), y);
        results.add(y);
      }
    }
    results.add(tiles.get(0).measureWeights(2));
    return run(results, chip);
  }

  /// BLAS rounds a sum as the size of its batch has it; seldom a current then falls to the next
  /// step.
  @Test
  void theSizeOfBatches() {
    for (ChipProfile profile : new ChipProfile[] {TestProfiles.IDEAL, TestProfiles.PROFILE}) {
      Batch inputs = Batches.uniform(1, 600, 256, 0, 0.05);
      Batch whole = split(profile, inputs, 600);
      double rounding = 1e-9;
      double step = PlainCrossbar.adcStep(profile);
      for (int size : new int[] {300, 256, 100, 7, 1}) {
        String what = profile.name() + " in batches of " + size;
        Batch parts = split(profile, inputs, size);
        Batches.assertClose(whole, parts, 1.001 * step + rounding, what);
        int different = 0;
        for (int i = 0; i < 600 * 128; i++) {
          double change = whole.get(i / 128, i % 128) - parts.get(i / 128, i % 128);
          different += Math.abs(change) > rounding ? 1 : 0;
        }
        assertTrue(different < 600 * 128 / 1000, different + " differ, " + what);
      }
    }
  }

  /// So that a link may carry a batch in whatever parts, with any number of outputs. Kernels other than those for AVX-512 round
  /// a row in another way in a batch of another size.
  @Test
  void theSizeOfBatchesWithoutConverters() {
    boolean exact = Kernels.select(1).single().description().contains("SkylakeX");
    // More rows than a product adds up in one go, unless it is told to.
    for (int[] lines : new int[][] {{256, 200}, {512, 300}, {1024, 64}}) {
      Geometry geometry = new Geometry(lines[0], lines[1], Sensing.DIFFERENTIAL);
      // Without converters, whose steps hide what was rounded otherwise.
      ChipProfile profile = TestProfiles.IDEAL.with(geometry);
      Batch inputs = Batches.uniform(1, 600, lines[0], 0, 0.05);
      Batch whole = split(profile, inputs, 600);
      for (int size : new int[] {300, 100, 7, 1}) {
        Batches.assertClose(
            whole,
            split(profile, inputs, size),
            exact ? 0 : 1e-9,
            lines[0] + " in parts of " + size);
      }
    }
  }

  private static Batch split(ChipProfile profile, Batch inputs, int size) {
    SimChip chip = new ChipPopulation(profile).chip(5, 1, Kernels.select(1));
    short[] counts = new short[profile.geometry().cells()];
    Philox random = new Philox(8);
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(200);
    }
    chip.arrays().get(0).pulse(PulseTrain.nominal(counts, profile.write()));
    Batch amps = Batch.zeros(inputs.rows(), profile.geometry().outputs());
    for (int from = 0; from < inputs.rows(); from += size) {
      int to = Math.min(from + size, inputs.rows());
      chip.arrays().get(0).read(Read.of(inputs.rows(from, to)), amps.rows(from, to));
    }
    return amps;
  }
}
