package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.Window;

/// A profile that says what one chip was measured to be: its chip is that one, whatever the seed.
class TwinTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int ROWS = 24;
  private static final int COLUMNS = 16;

  @TempDir Path folder;
  private ChipProfile quiet;
  private SimChip original;
  private ChipProfile twin;

  /// A chip that repeats itself exactly, and its twin by the hidden truth.
  @BeforeEach
  void measure() {
    ChipProfile hfox = Profiles.hfox();
    ConstantStep steps = (ConstantStep) hfox.cells().update();
    CellModel exact = hfox.cells().with(new ConstantStep(steps.setStep(), steps.resetStep(), 0));
    Geometry geometry = new Geometry(ROWS, COLUMNS, hfox.geometry().sensing());
    quiet = hfox.with(geometry).with(exact).withNoise(0);
    original = new ChipPopulation(quiet).chip(7, 1, KERNELS);
    pulse(original, 1);
    twin = named("twin-of-7").with(twin(original.truth(0)));
  }

  private ChipProfile named(String name) {
    return new ChipProfile(
        name,
        quiet.description(),
        quiet.source(),
        quiet.geometry(),
        quiet.cells(),
        quiet.wiring(),
        quiet.dac(),
        quiet.sense(),
        quiet.write(),
        quiet.cost(),
        quiet.ambient(),
        null);
  }

  private static Twin twin(ArrayTruth truth) {
    Window window = Profiles.hfox().cells().window();
    float[][] siemens = new float[ROWS][COLUMNS];
    float[][] low = new float[ROWS][COLUMNS];
    float[][] high = new float[ROWS][COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        siemens[r][c] = (float) truth.siemens()[r][c];
        low[r][c] = (float) window.minSiemens();
        high[r][c] = (float) (window.minSiemens() + truth.gain()[r][c] * window.windowSiemens());
      }
    }
    int[] stuck =
        IntStream.range(0, ROWS * COLUMNS)
            .filter(cell -> truth.stuck()[cell / COLUMNS][cell % COLUMNS])
            .toArray();
    TwinArray array =
        new TwinArray(
            truth.gains(), truth.offsets(), null, null, siemens, low, high, null, null, stuck);
    return Twin.of(
        "hfox-7", "simulator", "2026-01-01T00:00:00Z", Map.of("reads", 0), List.of(array));
  }

  private static void pulse(Chip chip, long seed) {
    Crossbar crossbar = chip.arrays().get(0);
    Philox random = new Philox(Philox.key(seed));
    short[] counts = new short[ROWS * COLUMNS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) (random.nextInt(300) - 100);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  private static float[][] read(Chip chip) {
    Batch volts = Batch.zeros(40, ROWS);
    Philox random = new Philox(Philox.key(3));
    for (int n = 0; n < volts.rows(); n++) {
      for (int r = 0; r < ROWS; r++) {
        volts.set(n, r, random.nextFloat() * 0.1f);
      }
    }
    return chip.arrays().get(0).read(volts).toArrays();
  }

  private static void assertAlike(SimChip one, SimChip other) {
    for (int r = 0; r < ROWS; r++) {
      assertArrayEquals(one.truth(0).siemens()[r], other.truth(0).siemens()[r], 2e-10);
    }
    float[][] amps = read(one);
    float[][] others = read(other);
    double step = 2 * one.profile().sense().fullScaleAmps() / 512;
    int same = 0;
    for (int n = 0; n < amps.length; n++) {
      assertArrayEquals(amps[n], others[n], (float) (1.01 * step));
      same += Arrays.equals(amps[n], others[n]) ? 1 : 0;
    }
    assertTrue(same > 0.8 * amps.length, same + " of 40 reads are the same");
  }

  @Test
  void theTwinReadsAndMovesAsItsChip() {
    SimChip chip = new ChipPopulation(twin).chip(1, KERNELS);
    assertAlike(original, chip);
    pulse(original, 2);
    pulse(chip, 2);
    assertAlike(original, chip);
    boolean[] stuck = original.truth(0).stuck()[0];
    assertArrayEquals(stuck, chip.truth(0).stuck()[0]);
  }

  @Test
  void theSeedDrawsNoQuirk() {
    SimChip one = new ChipPopulation(twin).chip(1, KERNELS);
    SimChip other = new ChipPopulation(twin).chip(2, KERNELS);
    assertArrayEquals(read(one), read(other));
    ChipProfile noisy = twin.with(Profiles.hfox().cells());
    assertFalse(
        Arrays.deepEquals(
            read(new ChipPopulation(noisy).chip(1, KERNELS)),
            read(new ChipPopulation(noisy).chip(2, KERNELS))));
  }

  @Test
  void stepsOfCellsAreTheirOwn() {
    TwinArray array = twin.twin().arrays().getFirst();
    float[][] twice = new float[ROWS][COLUMNS];
    float[][] half = new float[ROWS][COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      Arrays.fill(twice[r], 2);
      Arrays.fill(half[r], 0.5f);
    }
    TwinArray quick =
        new TwinArray(
            array.gains(),
            array.offsetAmps(),
            null,
            null,
            array.siemens(),
            array.lowSiemens(),
            array.highSiemens(),
            twice,
            half,
            array.stuck());
    SimChip chip =
        new ChipPopulation(twin.with(Twin.of("x", "y", "z", Map.of(), List.of(quick))))
            .chip(1, KERNELS);
    int cell =
        IntStream.range(0, ROWS * COLUMNS)
            .filter(i -> original.truth(0).siemens()[i / COLUMNS][i % COLUMNS] > 30e-6)
            .filter(i -> !original.truth(0).stuck()[i / COLUMNS][i % COLUMNS])
            .findFirst()
            .orElseThrow();
    double before = siemens(chip, cell);
    double step = original.truth(0).gain()[cell / COLUMNS][cell % COLUMNS] * 0.4e-6;
    give(chip, cell, 10);
    assertEquals(before + 20 * step, siemens(chip, cell), 0.01 * step);
    give(chip, cell, -10);
    assertEquals(before + 15 * step, siemens(chip, cell), 0.01 * step);
  }

  private static void give(SimChip chip, int cell, int count) {
    Crossbar crossbar = chip.arrays().get(0);
    crossbar.pulse(
        PulseTrain.single(
            crossbar.geometry(), crossbar.geometry().cell(cell), count, crossbar.limits().write()));
  }

  private static double siemens(SimChip chip, int cell) {
    return chip.truth(0).siemens()[cell / COLUMNS][cell % COLUMNS];
  }

  @Test
  void aDriverThatBendsGivesWhatItsFiguresSay() {
    TwinArray array = twin.twin().arrays().getFirst();
    float[] bows = new float[ROWS];
    bows[0] = 0.2f;
    TwinArray bent =
        new TwinArray(
            array.gains(),
            array.offsetAmps(),
            bows,
            new float[ROWS],
            array.siemens(),
            array.lowSiemens(),
            array.highSiemens(),
            null,
            null,
            array.stuck());
    SimChip chip =
        new ChipPopulation(twin.with(Twin.of("x", "y", "z", Map.of(), List.of(bent))))
            .chip(1, KERNELS);
    // Half of full scale acts as 0.5 + 0.2 / 4 of it: what a straight driver does with 55 %.
    assertEquals(amps(original, 0, 0.11f), amps(chip, 0, 0.1f), 1e-6);
    assertEquals(amps(original, 1, 0.1f), amps(chip, 1, 0.1f), 1e-6);
  }

  private static float amps(SimChip chip, int row, float volts) {
    Batch inputs = Batch.zeros(1, ROWS);
    inputs.set(0, row, volts);
    return chip.arrays().get(0).read(inputs).get(0, 0);
  }

  @ParameterizedTest
  @MethodSource("org.mortal.sim.Profiles#names")
  void everyProfileCanBeWrittenAndReadAgain(String name) {
    ChipProfile profile = Profiles.named(name).orElseThrow();
    assertEquals(profile, ProfileFile.parse(ProfileFile.json(profile), "p.json"));
  }

  private Path written() throws IOException {
    return Files.writeString(folder.resolve("twin.json"), ProfileFile.json(twin));
  }

  @Test
  void aTwinIsOpenedByItsFile() throws IOException {
    try (Chip chip = Chips.open("sim:%s?seed=5".formatted(written()), KERNELS)) {
      assertEquals("twin-of-7-24x16-5", chip.id());
      assertTrue(chip.arraysLimited());
      assertEquals(1, chip.arrays().size());
      assertArrayEquals(read(new ChipPopulation(twin).chip(1, KERNELS)), read(chip));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rows=32, 'has arrays of 24 x 16, not 32 x 16: leave out rows and columns'",
    "columns=8, 'has arrays of 24 x 16, not 24 x 8'",
    "arrays=2, arrays must be a whole number from 1 to 1"
  })
  void whatWasNotMeasuredIsRefused(String parameter, String reason) throws IOException {
    String address = "sim:%s?%s".formatted(written(), parameter);
    ChipException refused = assertThrows(ChipException.class, () -> Chips.open(address, KERNELS));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    String text = Files.readString(written());
    int figure = text.indexOf("\"siemens\" : [") + 40;
    while (!Character.isDigit(text.charAt(figure)) || text.charAt(figure) == '9') {
      figure++;
    }
    char other = (char) (text.charAt(figure) + 1);
    String damaged = text.substring(0, figure) + other + text.substring(figure + 1);
    ProfileException refused =
        assertThrows(ProfileException.class, () -> ProfileFile.parse(damaged, "twin.json"));
    assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
  }
}
