package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// One seed is one history, bit for bit: on any number of threads, in batches of any size, and on from any file of a state.
class SameBitsTest {
  private static final int VECTORS = 90;
  private static final int ROUNDS = 3;

  /// Traps that flip within a batch, levels that relax, noise that wanders, a chip that warms and cools.
  private static final String RESTLESS =
      """
      extends = "hfox-lab"
      name = "restless"

      [cells.readNoise]
      relative = 0.02

      [cells.aging.telegraph]
      fraction = 0.3
      shortestSeconds = 2e-6
      longestSeconds = 1e-3

      [ambient]
      kelvin = 320
      swingKelvin = 20
      periodSeconds = 0.001
      """;

  private static final String WIRES =
      """

      [wiring]
      write = "isolated"
      [wiring.idle]
      rows = "grounded"
      columns = "grounded"
      [wiring.wires]
      rowSegmentOhms = 2
      columnSegmentOhms = 3
      rowDriverOhms = 40
      columnTerminalOhms = 20
      perKelvin = 0.0039
      """;

  private static final String CONVERTERS =
      """
      extends = "hfox"
      name = "converters"

      [dac]
      crosstalk = 0.01
      errors = { gainSpread = 0.02, offsetVolts = 1e-3, inlSteps = 0.7, dnlSteps = 0.3, noiseVolts = 1e-3 }

      [sense]
      crosstalk = 0.01
      errors = { inlSteps = 0.7, dnlSteps = 0.3 }
      settling = { windowSeconds = 100e-9, poleSeconds = 40e-9 }
      """;

  static Stream<Named<ChipProfile>> profiles() {
    return Stream.of(
        named("hfox", "extends = 'hfox'", 24, 16),
        named("noise by cell", "extends = 'hfox'\n[cells.readNoise]\nrelative = 0.02", 24, 16),
        named("restless", RESTLESS, 24, 16),
        named("restless behind wires", RESTLESS + WIRES, 12, 8),
        named("converters", CONVERTERS, 24, 16),
        named("soft bounds", "extends = 'reram-sb'", 24, 16),
        named("passive", "extends = 'passive'", 8, 6),
        named("selectors", "extends = 'selector'", 6, 6));
  }

  private static Named<ChipProfile> named(String name, String text, int rows, int columns) {
    ChipProfile profile = ProfileFile.parse(text, name + ".toml");
    Geometry geometry = new Geometry(rows, columns, profile.geometry().sensing());
    return Named.of(name, profile.with(geometry));
  }

  @TempDir private Path folder;

  private static SimChip chip(ChipProfile profile, int threads, Path state) {
    return new ChipPopulation(profile)
        .chip(3, new ChipOptions(2, false, state), Kernels.select(threads));
  }

  private static Batch volts(ChipProfile profile) {
    Philox random = new Philox(11);
    Batch volts = Batch.zeros(VECTORS, profile.geometry().rows());
    float most = (float) profile.limits().maxReadVolts();
    for (int n = 0; n < VECTORS; n++) {
      for (int i = 0; i < volts.columns(); i++) {
        volts.set(n, i, Math.max(0, most * (1.5f * random.nextFloat() - 0.5f)));
      }
    }
    return volts;
  }

  private static void write(SimChip chip, int round) {
    Philox random = new Philox(Philox.key(7, round));
    for (Crossbar array : chip.arrays()) {
      short[] counts = new short[array.geometry().cells()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) Math.max(0, random.nextInt(12) - 8);
      }
      array.pulse(PulseTrain.nominal(counts, array.limits().write()));
    }
  }

  /// Writes and reads in turn, in batches of `size`; all currents of array 1.
  private static float[][] round(SimChip chip, int round, int size) {
    write(chip, round);
    Batch volts = volts(chip.profile());
    float[][] all = new float[VECTORS][];
    for (int from = 0; from < VECTORS; from += size) {
      int to = Math.min(VECTORS, from + size);
      float[][] part = chip.arrays().get(1).read(volts.rows(from, to)).toArrays();
      System.arraycopy(part, 0, all, from, part.length);
    }
    chip.advance(1e-4);
    return all;
  }

  private static float[][][] history(ChipProfile profile, int threads, int size) {
    SimChip chip = chip(profile, threads, null);
    float[][][] history = new float[ROUNDS][][];
    for (int r = 0; r < ROUNDS; r++) {
      history[r] = round(chip, r, size);
    }
    return history;
  }

  private static void assertSame(float[][][] expected, float[][][] actual, String what) {
    for (int r = 0; r < ROUNDS; r++) {
      for (int n = 0; n < VECTORS; n++) {
        assertArrayEquals(expected[r][n], actual[r][n], what + ", round " + r + ", vector " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void onAnyNumberOfThreads(ChipProfile profile) {
    float[][][] one = history(profile, 1, VECTORS);
    assertSame(one, history(profile, 2, VECTORS), "2 threads");
    assertSame(one, history(profile, 4, VECTORS), "4 threads");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void inBatchesOfAnySize(ChipProfile profile) {
    boolean exact = Kernels.select(1).single().description().contains("SkylakeX");
    assumeTrue(exact, "the BLAS of this processor rounds a row by the size of its batch");
    float[][][] whole = history(profile, 1, VECTORS);
    for (int size : new int[] {64, 13, 1}) {
      assertSame(whole, history(profile, 2, size), "in parts of " + size);
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void onFromAFile(ChipProfile profile) {
    float[][][] through = history(profile, 1, VECTORS);
    Path file = folder.resolve("chip.state");
    float[][][] shelved = new float[ROUNDS][][];
    SimChip chip = chip(profile, 1, file);
    for (int r = 0; r < ROUNDS; r++) {
      // In the midst of a round too: read part of it, put the chip away, and go on.
      write(chip, r);
      Batch volts = volts(profile);
      shelved[r] = new float[VECTORS][];
      for (int from = 0; from < VECTORS; from += 30) {
        float[][] part = chip.arrays().get(1).read(volts.rows(from, from + 30)).toArrays();
        System.arraycopy(part, 0, shelved[r], from, 30);
        chip.close();
        chip = chip(profile, 1, file);
      }
      chip.advance(1e-4);
    }
    boolean exact = Kernels.select(1).single().description().contains("SkylakeX");
    if (exact) {
      assertSame(through, shelved, "on from a file");
    }
    assertEquals(ROUNDS * VECTORS, chip.telemetry().arrayReads());
  }
}
