package org.mortal.bench.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.kernel.Philox;

/// Quirks of lines and drives are found where they are, and nowhere else.
@Timeout(60)
class LinesAndDrivesTest {
  private static final int READS = 64;
  private static final int ROWS = 16;

  @TempDir Path folder;

  private record Found(Lines lines, Drives drives) {}

  private Found find(String profile, String quirk, int seed) {
    try (Chip chip = WrittenChip.of(profile, quirk, seed, ROWS, 32, folder)) {
      ArrayReader reader = new ArrayReader(chip.arrays().getFirst());
      Outputs outputs = new OutputStage(reader, READS, new Philox(Philox.key(5))).run();
      Lines lines = new LineStage(reader, outputs, READS, new Philox(Philox.key(6))).run();
      ArrayState state = ArrayState.of(reader.limits(), ROWS, outputs).with(lines);
      return new Found(lines, new DriveStage(reader, state, READS).run());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aChipWithoutSuchQuirksHasNone(int seed) {
    Found found = find("hfox", "", seed);
    assertEquals(0, found.lines().settlingLeft());
    assertEquals(0, found.lines().idle());
    for (InputBend bend : found.drives().rows()) {
      assertEquals(InputBend.NONE, bend);
    }
  }

  @Test
  void whatIsLeftOfTheReadBefore() {
    Found found = find("hfox", "[sense.settling]\nwindowSeconds = 100e-9\npoleSeconds = 30e-9", 1);
    double left = Math.exp(-100.0 / 30);
    assertEquals(left, found.lines().settlingLeft(), 5 * found.lines().settlingError());
    assertTrue(found.lines().settlingError() < 0.02 * left);
  }

  @Test
  void convertersThatBend() {
    Found found =
        find(
            "hfox",
            "[dac.errors]\ngainSpread = 0\noffsetVolts = 0\ninlSteps = 2\ndnlSteps = 0\nnoiseVolts = 0",
            1);
    // A parabola of 2 of 255 steps at its peak, standard deviation.
    assertEquals(4 * 2 / 255.0, found.drives().bowSpread(), 0.015);
    double[] bows = Arrays.stream(found.drives().rows()).mapToDouble(InputBend::bow).toArray();
    assertTrue(Arrays.stream(bows).anyMatch(bow -> bow > 0.01));
    assertTrue(Arrays.stream(bows).anyMatch(bow -> bow < -0.01));
  }

  @Test
  void cellsThatBend() {
    Found found = find("hfox", "[cells.conduction]\nlaw = \"sinh\"\nscaleVolts = 0.4", 1);
    double rise = Math.sinh(0.5) / 0.5 - 1;
    for (InputBend bend : found.drives().rows()) {
      assertEquals(rise, bend.rise(), 0.1 * rise);
      assertEquals(0.4 / 0.2 * Math.sinh(0.25), bend.acts(0.5), 1e-3);
    }
  }

  @Test
  void rowsThatFloat() {
    Found found =
        find(
            "hfox",
            "[wiring]\nwrite = \"isolated\"\n[wiring.wires]\nrowSegmentOhms = 2\ncolumnSegmentOhms = 2\n"
                + "rowDriverOhms = 20\ncolumnTerminalOhms = 20\nperKelvin = 0\n"
                + "[wiring.idle]\nrows = \"floating\"\ncolumns = \"grounded\"",
            1);
    assertTrue(found.lines().idle() > 0);
  }
}
