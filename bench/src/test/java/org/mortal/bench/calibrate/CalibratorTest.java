package org.mortal.bench.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.SimChip;

/// Whole calibrations of small chips come to the floor that noise and quantisation set.
@Timeout(120)
class CalibratorTest {
  private static final Settings SETTINGS = new Settings(48, 1, true, 0);

  @TempDir Path folder;

  private ArrayOutcome calibrate(Chip chip, Settings settings) {
    Calibrator calibrator = new Calibrator(chip, settings, WrittenChip.KERNELS, folder);
    return calibrator
        .run(new int[] {0}, () -> false, stage -> {})
        .orElseThrow()
        .arrays()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({"hfox, 1", "hfox, 2", "hfox-harsh, 1", "hfox-lab, 1", "neurram, 1"})
  void theFloorIsReached(String profile, int seed) {
    try (Chip chip = WrittenChip.of(profile, "", seed, 32, 32, folder)) {
      ArrayOutcome outcome = calibrate(chip, SETTINGS);
      Score score = outcome.truth();
      assertTrue(score.mvmRatio() < 1.1, score.toString());
      assertTrue(score.cellRatio() < 1.2, score.toString());
      assertTrue(score.mvmErrorBefore() > 1.5 * score.mvmErrorAfter(), score.toString());
      assertEquals(1, score.stuckPrecision());
      assertEquals(1, score.stuckRecall());
      assertTrue(outcome.success() > 0.8, "only " + outcome.success());
    }
  }

  @Test
  void quirksTogether() {
    String quirks =
        "[sense.settling]\nwindowSeconds = 100e-9\npoleSeconds = 30e-9\n"
            + "[dac.errors]\ngainSpread = 0\noffsetVolts = 0\ninlSteps = 1\ndnlSteps = 0.1\nnoiseVolts = 0\n";
    try (Chip chip = WrittenChip.of("hfox", quirks, 1, 32, 32, folder)) {
      Score score = calibrate(chip, SETTINGS).truth();
      assertTrue(score.mvmRatio() < 1.15, score.toString());
    }
  }

  @Test
  void cellsComeBack() {
    try (Chip chip = WrittenChip.of("hfox", "", 3, 32, 32, folder)) {
      double[][] before = ((SimChip) chip.bare()).truth(0).siemens();
      CellMap cells = calibrate(chip, SETTINGS).found().cells();
      ArrayTruth truth = ((SimChip) chip.bare()).truth(0);
      double squares = 0;
      double steps = 0;
      for (int r = 0; r < 32; r++) {
        for (int c = 0; c < 32; c++) {
          squares += Math.pow(truth.siemens()[r][c] - before[r][c], 2) / (32 * 32);
          double step = truth.stuck()[r][c] ? 0 : truth.gain()[r][c] * 0.4e-6;
          steps += Math.pow(cells.stepSiemens()[r][c] - step, 2) / (32 * 32);
        }
      }
      assertTrue(Math.sqrt(squares) < 1.5e-6, Math.sqrt(squares) + " S from before");
      assertTrue(Math.sqrt(steps) < 0.04e-6, Math.sqrt(steps) + " S off a step");
    }
  }

  @Test
  void withoutPulsesCellsAreLeftAlone() {
    try (Chip chip = WrittenChip.of("hfox", "", 3, 16, 16, folder)) {
      long before = chip.telemetry().pulses();
      ArrayOutcome outcome = calibrate(chip, new Settings(32, 1, false, 0));
      assertEquals(before, chip.telemetry().pulses());
      assertNull(outcome.found().cells().stuck());
      assertNull(outcome.found().cells().stepSiemens());
      assertNull(outcome.found().thresholds());
    }
  }

  @Test
  void aPerfectChipIsLeftAsItIs() {
    try (Chip chip = WrittenChip.of("ideal", "", 1, 16, 16, folder)) {
      ArrayOutcome outcome = calibrate(chip, SETTINGS);
      assertEquals(1, outcome.success());
      assertNull(outcome.found().wires());
    }
  }

  @Test
  void aRunGoesOnBehindItsLastWholeStage() throws IOException {
    try (Chip chip = WrittenChip.of("hfox", "", 3, 16, 16, folder)) {
      Calibrator calibrator = new Calibrator(chip, SETTINGS, WrittenChip.KERNELS, folder);
      List<Stage> begun = new ArrayList<>();
      Optional<Calibrator.Outcome> early =
          calibrator.run(new int[] {0}, () -> begun.size() == 3, begun::add);
      assertTrue(early.isEmpty());
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(3, files.filter(file -> file.toString().endsWith(".json")).count());
      }
      String outputs = Files.readString(folder.resolve("array0-outputs.json"));
      List<Stage> later = new ArrayList<>();
      Calibrator.Outcome outcome =
          calibrator.run(new int[] {0}, () -> false, later::add).orElseThrow();
      assertFalse(later.contains(Stage.OUTPUTS));
      assertEquals(Stage.values()[3], later.getFirst());
      assertEquals(outputs, Files.readString(folder.resolve("array0-outputs.json")));
      // All stages are there: nothing is measured again, and the result is the same.
      long reads = chip.telemetry().arrayReads();
      Calibrator.Outcome again =
          calibrator.run(new int[] {0}, () -> true, later::add).orElseThrow();
      assertEquals(reads, chip.telemetry().arrayReads());
      assertArrayEquals(
          outcome.calibration().arrays().getFirst().outputs(),
          again.calibration().arrays().getFirst().outputs());
    }
  }
}
