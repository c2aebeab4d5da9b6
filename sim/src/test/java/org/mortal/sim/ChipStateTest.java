package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Cell;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// A chip that was put on the shelf goes on as if it had not been.
class ChipStateTest {
  private static final Kernels KERNELS = Kernels.select(1);

  @TempDir private Path folder;

  private static SimChip chip(ChipProfile profile, Path state) {
    return new ChipPopulation(profile).chip(3, new ChipOptions(2, false, state), KERNELS);
  }

  /// Writes, reads and waits; returns all that was read.
  private static float[][] use(SimChip chip, int round) {
    Philox random = new Philox(Philox.key(7, round));
    Geometry geometry = chip.profile().geometry();
    Batch volts = Batch.zeros(5, geometry.rows());
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < geometry.rows(); i++) {
        volts.set(n, i, (float) (random.nextDouble() * chip.profile().limits().maxReadVolts()));
      }
    }
    float[][] all = new float[0][];
    for (Crossbar array : chip.arrays()) {
      short[] counts = new short[geometry.cells()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) (random.nextInt(9) - 4);
      }
      array.pulse(PulseTrain.nominal(counts, array.limits().write()));
      float[][] amps = array.read(volts).toArrays();
      all = Arrays.copyOf(all, all.length + amps.length);
      System.arraycopy(amps, 0, all, all.length - amps.length, amps.length);
      chip.advance(3);
    }
    return all;
  }

  private static ChipProfile small(String name) {
    ChipProfile profile = Profiles.named(name).orElseThrow();
    return profile.with(new Geometry(12, 8, profile.geometry().sensing()));
  }

  @ParameterizedTest
  @MethodSource("org.mortal.sim.Profiles#names")
  void theSameBitsFollow(String name) {
    ChipProfile profile = small(name);
    Path file = folder.resolve("chip.state");
    SimChip through = chip(profile, null);
    SimChip shelved = chip(profile, file);
    for (int round = 0; round < 3; round++) {
      assertArrayEquals(use(through, round), use(shelved, round));
      shelved.close();
      shelved = chip(profile, file);
    }
    assertEquals(through.telemetry(), shelved.telemetry());
    assertEquals(through.nanos(), shelved.nanos());
    assertArrayEquals(through.truth(1).siemens(), shelved.truth(1).siemens());
  }

  @Test
  void anotherChipsStateIsRefused() throws IOException {
    Path file = folder.resolve("chip.state");
    chip(small("hfox"), file).close();
    ProfileException other = assertThrows(ProfileException.class, () -> chip(small("ideal"), file));
    assertTrue(other.getMessage().contains("belongs to hfox-12x8-3"), other.getMessage());

    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    ProfileException damaged =
        assertThrows(ProfileException.class, () -> chip(small("hfox"), file));
    assertTrue(damaged.getMessage().contains("damaged"), damaged.getMessage());

    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    ProfileException cut = assertThrows(ProfileException.class, () -> chip(small("hfox"), file));
    assertTrue(cut.getMessage().contains("ends too early"), cut.getMessage());

    Files.writeString(file, "not a state at all");
    ProfileException text = assertThrows(ProfileException.class, () -> chip(small("hfox"), file));
    assertTrue(text.getMessage().contains("no state"), text.getMessage());
  }

  @Test
  void aPlaceThatKeepsNothingIsRefusedBeforeTheWork() {
    ProfileException nowhere =
        assertThrows(
            ProfileException.class,
            () -> chip(Profiles.hfox(), folder.resolve("no").resolve("chip.state")));
    assertTrue(nowhere.getMessage().contains("there is no folder"), nowhere.getMessage());
    ProfileException taken =
        assertThrows(ProfileException.class, () -> chip(Profiles.hfox(), folder));
    assertTrue(taken.getMessage().endsWith("s a directory"), taken.getMessage());
  }

  @Test
  void anAddressNamesTheFile() {
    Path file = folder.resolve("chip.state");
    String address = "sim:hfox?seed=3&rows=12&columns=8&arrays=2&state=" + file;
    float[][] first;
    try (SimChip chip = (SimChip) Chips.open(address, KERNELS)) {
      first = use(chip, 0);
    }
    try (SimChip chip = (SimChip) Chips.open(address, KERNELS)) {
      assertEquals(20, chip.telemetry().arrayReads() + first.length);
      use(chip, 1);
    }
    assertThrows(
        ChipException.class, () -> Chips.open(address.replace("seed=3", "seed=4"), KERNELS));
  }

  /// Programmed today, read tomorrow.
  @Test
  void timePassesOnTheShelf() {
    Path file = folder.resolve("chip.state");
    String address = "sim:pcm?seed=3&rows=12&columns=8&arrays=1&state=" + file;
    double today;
    try (SimChip chip = (SimChip) Chips.open(address, KERNELS)) {
      Crossbar array = chip.arrays().get(0);
      array.pulse(PulseTrain.single(array.geometry(), new Cell(0, 0), 100, array.limits().write()));
      chip.advance(60);
      today = chip.truth(0).siemens()[0][0];
    }
    try (SimChip chip = (SimChip) Chips.open(address + "&rest=86400", KERNELS)) {
      double tomorrow = chip.truth(0).siemens()[0][0];
      // (86,460 s / 60 s)^-0.05 is 0.7; the coefficient differs from cell to cell.
      assertTrue(tomorrow < 0.95 * today && tomorrow > 0.3 * today, tomorrow + " of " + today);
    }
  }

  /// Noise of one size for all cells is a circumstance of reading; the cells are the same.
  @Test
  void aChipGoesOnWithOtherNoise() {
    Path file = folder.resolve("chip.state");
    double[][] written;
    try (SimChip chip = chip(small("hfox"), file)) {
      use(chip, 0);
      written = chip.truth(0).siemens();
    }
    double[] spread = new double[3];
    for (int factor = 0; factor < 3; factor++) {
      try (SimChip chip = chip(small("hfox").withNoise(factor), file)) {
        assertArrayEquals(written, chip.truth(0).siemens());
        spread[factor] = spread(chip);
      }
    }
    assertEquals(0, spread[0]);
    assertEquals(2, spread[2] / spread[1], 0.4);
  }

  /// Mean deviation of one vector that is read again and again.
  private static double spread(SimChip chip) {
    Crossbar array = chip.arrays().get(0);
    Batch same = Batch.zeros(400, chip.profile().geometry().rows());
    for (int n = 0; n < same.rows(); n++) {
      for (int i = 0; i < same.columns(); i++) {
        same.set(n, i, 0.1f);
      }
    }
    float[][] amps = array.read(same).toArrays();
    double mean = 0;
    for (float[] row : amps) {
      mean += row[0] / amps.length;
    }
    double deviation = 0;
    for (float[] row : amps) {
      deviation += Math.abs(row[0] - mean) / amps.length;
    }
    return deviation < 1e-12 ? 0 : deviation;
  }

  @Test
  void noiseOfEachCellBelongsToTheState() {
    Path file = folder.resolve("chip.state");
    ChipProfile relative = small("hfox-lab");
    assertTrue(relative.cells().noiseVaries());
    chip(relative, file).close();
    ProfileException refused =
        assertThrows(ProfileException.class, () -> chip(relative.withNoise(2), file));
    assertTrue(refused.getMessage().contains("noise that differs"), refused.getMessage());
  }

  @Test
  void aWallClockGoesOnWhileTheChipIsShelved() throws InterruptedException {
    Path file = folder.resolve("chip.state");
    ChipOptions options = new ChipOptions(2, true, file);
    ChipPopulation population = new ChipPopulation(small("hfox"));
    long before;
    try (SimChip chip = population.chip(3, options, KERNELS)) {
      before = chip.nanos();
    }
    Thread.sleep(30);
    try (SimChip chip = population.chip(3, options, KERNELS)) {
      assertTrue(chip.nanos() - before >= 25_000_000, chip.nanos() + " after " + before);
    }
  }
}
