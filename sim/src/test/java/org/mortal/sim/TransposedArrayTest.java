package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Refusals;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.TransferMatrix;
import org.mortal.sim.device.Aging;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Drift;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank.Shape;
import org.mortal.tile.WeightMapping;
import org.mortal.tile.WeightUpdate;

/// What is in the cells and their wires shows alike both ways, and no bit depends on threads or on having been shelved.
class TransposedArrayTest {
  @TempDir private Path folder;

  private static SimChip chip(String name, int rows, int columns, int threads) {
    ChipProfile profile = small(Profiles.named(name).orElseThrow(), rows, columns);
    return new ChipPopulation(profile).chip(5, ChipPopulation.AS_NEEDED, Kernels.select(threads));
  }

  private static ChipProfile small(ChipProfile profile, int rows, int columns) {
    return profile.with(new Geometry(rows, columns, profile.geometry().sensing()));
  }

  private static void write(Crossbar crossbar) {
    Philox random = new Philox(8);
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(100);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  /// What one volt at each row drives out of each output, and what one at each output drives out of each row.
  ///
  /// @return the largest current
  private static double assertReciprocal(Crossbar crossbar) {
    Geometry geometry = crossbar.geometry();
    double volts = crossbar.limits().maxReadVolts();
    Batch there = Batch.zeros(geometry.rows(), geometry.rows());
    for (int i = 0; i < geometry.rows(); i++) {
      there.set(i, i, (float) volts);
    }
    Batch back = there.rows(0, geometry.outputs()).columns(0, geometry.outputs());
    Batch forward = crossbar.read(there);
    Batch transposed = Batch.zeros(geometry.outputs(), geometry.rows());
    crossbar.readTransposed(ColumnRead.of(back), transposed);
    double largest = 0;
    for (int i = 0; i < geometry.rows(); i++) {
      for (int j = 0; j < geometry.outputs(); j++) {
        largest = Math.max(largest, Math.abs(forward.get(i, j)));
        assertEquals(forward.get(i, j), transposed.get(j, i), 1e-11, i + ", " + j);
      }
    }
    assertTrue(largest > 1e-6, "currents would not show: " + largest);
    return largest;
  }

  @Test
  void exactCellsAreReciprocal() {
    SimChip chip = chip("ideal", 40, 24, 1);
    write(chip.arrays().get(0));
    assertReciprocal(chip.arrays().get(0));
  }

  /// Cells that are stuck, that drift and that are written again: the turned map follows each change.
  @Test
  void whatBecomesOfCellsShowsBothWays() {
    Drift drift = Profiles.named("pcm").orElseThrow().cells().aging().drift();
    CellModel cells =
        TestProfiles.IDEAL
            .cells()
            .with(TestProfiles.HFOX.defects())
            .with(TestProfiles.HFOX.variation())
            .with(new Aging(null, null, drift, null, null, null, null, null, null, null));
    ChipProfile profile = small(TestProfiles.IDEAL.with(cells), 40, 24);
    SimChip chip = new ChipPopulation(profile).chip(5, 1, Kernels.select(1));
    Crossbar crossbar = chip.arrays().get(0);
    write(crossbar);
    double before = assertReciprocal(crossbar);
    chip.advance(1e6);
    double after = assertReciprocal(crossbar);
    assertTrue(after < 0.9 * before, "drifted from " + before + " to " + after);
    write(crossbar);
    assertReciprocal(crossbar);
  }

  @Test
  void wiredArraysAreReciprocal() {
    Wiring wiring = new Wiring(Wires.uniform(20), Wiring.PERFECT.write(), Wiring.PERFECT.idle());
    ChipProfile profile = small(TestProfiles.IDEAL.with(wiring), 40, 24);
    SimChip chip = new ChipPopulation(profile).chip(5, 1, Kernels.select(1));
    write(chip.arrays().get(0));
    assertReciprocal(chip.arrays().get(0));
  }

  /// Driving a line where it is sensed and sensing the other where it is driven gives the same current: the solver of an array
  /// that is laid down the other way round, as column ends are at the last row and row ends at the first column.
  @ParameterizedTest
  @ValueSource(doubles = {1, 500})
  void wiresKnowNoDirection(double ohms) {
    int rows = 9;
    int columns = 6;
    Philox random = new Philox(4);
    double[] cells = new double[rows * columns];
    double[] turned = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        cells[i * columns + j] = 1e-6 + 100e-6 * random.nextDouble();
        turned[(columns - 1 - j) * rows + rows - 1 - i] = cells[i * columns + j];
      }
    }
    Workers alone = new Workers(1);
    Wires wires = new Wires(ohms, 2 * ohms, 3 * ohms, 5 * ohms, 0);
    Wires swapped = new Wires(2 * ohms, ohms, 5 * ohms, 3 * ohms, 0);
    TransferMatrix there = TransferMatrix.of(cells, rows, columns, wires, alone);
    TransferMatrix back = TransferMatrix.of(turned, columns, rows, swapped, alone);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double siemens = there.siemens(i, j);
        assertEquals(siemens, back.siemens(columns - 1 - j, rows - 1 - i), 1e-9 * siemens);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.mortal.sim.Profiles#names")
  void everyPresetCanOrSaysWhyNot(String name) {
    SimChip chip = chip(name, 12, 8, 1);
    Crossbar crossbar = chip.arrays().get(0);
    double most = crossbar.limits().maxReadVolts();
    Batch volts = Batches.uniform(1, 3, 4, -most, most);
    Batch amps = Batch.zeros(3, 12);
    boolean linear =
        chip.profile().wiring().fixed()
            && chip.profile().cells().conduction() instanceof Conduction.Ohmic;
    assertEquals(linear, crossbar.canReadTransposed());
    if (linear) {
      crossbar.readTransposed(ColumnRead.of(volts), amps);
      assertEquals(3, chip.telemetry().arrayReads());
      return;
    }
    Refusals.assertRefused(
        () -> crossbar.readTransposed(ColumnRead.of(volts), amps), "bent currents");
    assertEquals(0, chip.telemetry().arrayReads());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hfox", "pcm", "hfox-lab"})
  void threadsChangeNoBit(String name) {
    List<Batch> one = tiles(name, 1);
    for (int threads : new int[] {2, 4}) {
      List<Batch> other = tiles(name, threads);
      for (int i = 0; i < one.size(); i++) {
        Batches.assertSameBits(one.get(i), other.get(i), threads + " threads, batch " + i);
      }
    }
  }

  /// Over 3 x 3 arrays, forward and back between writes.
  private static List<Batch> tiles(String name, int threads) {
    Kernels kernels = Kernels.select(threads);
    SimChip chip = chip(name, 40, 32, threads);
    Tile tile =
        new CrossbarTileBank(
                chip,
                name,
                List.of(new Shape(101, 40)),
                new WeightMapping.DifferentialPair(1),
                kernels)
            .tiles()
            .getFirst();
    List<Batch> results = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      tile.apply(new WeightUpdate.Increment(Batches.uniform(round, 101, 40, -0.3, 0.3)));
      Batch y = Batch.zeros(150, 40);
      tile.forward(Batches.uniform(7, 150, 101, 0, 1), y);
      Batch x = Batch.zeros(150, 101);
      tile.transpose(y, x);
      results.addAll(List.of(y, x));
    }
    return results;
  }

  /// dᵀ (x W) = (d Wᵀ) x, as far as noise and amplifiers let it.
  @Test
  void tilesAreReciprocalWithinTheirNoise() {
    Kernels kernels = Kernels.select(1);
    SimChip chip = chip("hfox", 64, 64, 1);
    Tile tile =
        new CrossbarTileBank(
                chip,
                "hfox",
                List.of(new Shape(90, 50)),
                new WeightMapping.DifferentialPair(1),
                kernels)
            .tiles()
            .getFirst();
    tile.apply(new WeightUpdate.Increment(Batches.uniform(1, 90, 50, -0.3, 0.3)));
    Batch weights = tile.measureWeights(16);
    Batch d = Batches.uniform(2, 400, 50, -1e-3, 1e-3);
    Batch x = Batch.zeros(400, 90);
    tile.transpose(d, x);
    Batch expected = Batch.zeros(400, 90);
    kernels.products().multiplyRightTransposed(d, weights, expected);
    double both = 0;
    double power = 0;
    double found = 0;
    for (int i = 0; i < 400 * 90; i++) {
      double a = expected.get(i / 90, i % 90);
      double b = x.get(i / 90, i % 90);
      both += a * b;
      power += a * a;
      found += b * b;
    }
    assertEquals(1, both / power, 0.1, "scale");
    assertTrue(both / Math.sqrt(power * found) > 0.9, "cosine " + both / Math.sqrt(power * found));
  }

  /// Noise goes on where it was.
  @Test
  void aShelvedChipGoesOnBitForBit() {
    ChipProfile profile = small(Profiles.hfox(), 12, 8);
    Path file = folder.resolve("chip.state");
    Batch volts = Batches.uniform(3, 5, 4, -0.2, 0.2);
    SimChip through = new ChipPopulation(profile).chip(3, ChipOptions.NEW, Kernels.select(1));
    ChipOptions kept = new ChipOptions(0, false, file);
    for (int round = 0; round < 3; round++) {
      try (SimChip shelved = new ChipPopulation(profile).chip(3, kept, Kernels.select(1))) {
        Batch one = Batch.zeros(5, 12);
        Batch other = Batch.zeros(5, 12);
        through.arrays().get(1).readTransposed(ColumnRead.of(volts), one);
        shelved.arrays().get(1).readTransposed(ColumnRead.of(volts), other);
        assertArrayEquals(one.toArrays(), other.toArrays());
      }
    }
    assertEquals(15, through.telemetry().arrayReads());
  }
}
