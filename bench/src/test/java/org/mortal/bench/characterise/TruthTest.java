package org.mortal.bench.characterise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Chip;

/// What is found of simulated chips, held against what their profiles say. Tolerances are four standard errors of the number
/// of cells or reads.
@Timeout(120)
class TruthTest {
  /// Amplifiers without quirks, and cells that all answer.
  private static final String PLAIN =
      """
      extends = "hfox"
      name = "plain"
      description = "hfox with plain amplifiers"
      source = "test"
      [cells.defects]
      stuck = 0
      [cells.readNoise]
      siemens = %s
      [sense]
      adcBits = 14
      gainSpread = 0
      noiseAmps = 0.02e-6
      """;

  @TempDir Path folder;

  private static Wishes wishes(Integer cycles, Integer points, Integer reads, double... times) {
    return new Wishes(null, null, null, null, null, null, cycles, reads, points, times);
  }

  private static double error(double deviation, int count) {
    return 4 * deviation / Math.sqrt(count);
  }

  @Test
  void readNoise() throws IOException {
    try (Chip chip = new Bench(folder).open(PLAIN.formatted("0.8e-6"), "rows=8&columns=8")) {
      Findings found = new Bench(folder).find(chip, Kind.NOISE, Wishes.NONE);
      // A deviation of n readings is uncertain by 1 / sqrt(2 n), a median of 64 by a quarter more
      // over 8.
      double cell = 0.8e-6 / Math.sqrt(2 * 1024);
      assertEquals(0.8e-6, Bench.figure(found, "medianSiemens"), error(1.25 * cell, 64) + 0.002e-6);
      assertEquals(cell, Bench.figure(found, "spreadSiemens"), 0.5 * cell);
      assertEquals(0, Bench.figure(found, "telegraphCells"));
    }
  }

  @Test
  void stepsOfPulses() throws IOException {
    try (Chip chip = new Bench(folder).open(PLAIN.formatted("0.1e-6"), "rows=8&columns=8")) {
      Findings found =
          new Bench(folder).find(chip, Kind.PULSE, wishes(1, null, 2, (double[]) null));
      // 0.4 µS, 20 % from cell to cell, 30 % from pulse to pulse.
      double cells = error(0.2, 64);
      assertEquals(0.4e-6, Bench.figure(found, "setStepSiemens"), 1.25 * cells * 0.4e-6);
      assertEquals(-0.4e-6, Bench.figure(found, "resetStepSiemens"), 1.25 * cells * 0.4e-6);
      assertEquals(0.2, Bench.figure(found, "setSpread"), error(0.2, 2 * 64));
      // Of 64 cells with about 150 steps each.
      assertEquals(0.3, Bench.figure(found, "setCycleNoise"), 0.03);
      assertEquals(0.3, Bench.figure(found, "resetCycleNoise"), 0.03);
    }
  }

  @Test
  void driftOverTimes() throws IOException {
    String drift =
        PLAIN.formatted("0.05e-6")
            + """
            [cells.aging.drift]
            startSeconds = 1
            fullSiemens = 101e-6
            mean = { slope = 0, offset = 0.05, least = 0, most = 0.1 }
            spread = { slope = 0, offset = 0.01, least = 0, most = 0.1 }
            """;
    try (Chip chip = new Bench(folder).open(drift, "rows=8&columns=8")) {
      double before = chip.telemetry().busySeconds();
      Wishes times = wishes(null, 2, null, 1, 10, 100, 1e3, 1e4);
      Findings found = new Bench(folder).find(chip, Kind.RETENTION, times);
      // One half of the cells is left at the low end.
      assertEquals(0.05, Bench.figure(found, "driftExponent"), error(0.01, 32));
      assertEquals(0.01, Bench.figure(found, "driftExponentSpread"), error(0.01, 2 * 32));
      assertEquals(0.01 / Math.sqrt(32), Bench.figure(found, "driftExponentError"), 1e-3);
      assertTrue(chip.telemetry().busySeconds() - before < 1, "waits are not work");
    }
  }

  @Test
  void formingVoltages() {
    try (Chip chip = Bench.open("sim:hfox-virgin?rows=16&columns=16")) {
      Findings found = new Bench(folder).find(chip, Kind.FORMING, Wishes.NONE);
      double step = chip.arrays().getFirst().limits().maxPulseVolts() / 40;
      double spread = Math.hypot(0.1, step / Math.sqrt(12));
      int cells = (int) Bench.figure(found, "formedCells");
      assertTrue(cells > 240, found.figures().toString());
      assertEquals(1.5, Bench.figure(found, "meanVolts"), error(spread, cells));
      assertEquals(spread, Bench.figure(found, "spreadVolts"), error(spread, 2 * cells));
    }
  }

  @Test
  void thresholdsOfSwitching() throws IOException {
    try (Chip chip = new Bench(folder).open(PLAIN.formatted("0.1e-6"), "rows=8&columns=8")) {
      Findings found = new Bench(folder).find(chip, Kind.THRESHOLDS, Wishes.NONE);
      double expected = amplitudeThatMoves(10e-6);
      // Steps that are 20 % larger get there 0.2 log10(e) / 2 V earlier; the median is a quarter
      // less certain than a mean.
      double volts = 0.2 * 0.5 / Math.log(10);
      assertEquals(expected, Bench.figure(found, "setVolts"), error(1.25 * volts, 64));
      assertEquals(expected, Bench.figure(found, "resetVolts"), error(1.25 * volts, 64));
      assertEquals(64, Bench.figure(found, "setCells"));
    }
  }

  /// 25 pulses at each of 24 amplitudes up to 1.08 V; a step is 0.4 µS at 0.9 V, ten times as much 0.5 V higher, and nothing
  /// up to 0.45 V.
  private static double amplitudeThatMoves(double siemens) {
    double moved = 0;
    for (int p = 1; ; p++) {
      double volts = 1.08 * p / 24;
      double more = volts <= 0.45 ? 0 : 25 * 0.4e-6 * Math.pow(10, (volts - 0.9) / 0.5);
      if (moved + more >= siemens) {
        return volts - 1.08 / 24 * (1 - (siemens - moved) / more);
      }
      moved += more;
    }
  }

  @Test
  void bentCurrents() throws IOException {
    try (Chip chip = Bench.open("sim:rram-milo?rows=8&columns=8&noise=0.3")) {
      Findings found = new Bench(folder).find(chip, Kind.IV, wishes(1, 10, 64, (double[]) null));
      // At 50 µS, L = log10(50e-6): a = -3.6e-5 A/V², b = 1.7e-5 A/V³; (a V + b V²) / G at 0.2 V.
      double l = Math.log10(50e-6);
      double a = 1.388e-4 * l * l * l + 1.541e-3 * l * l + 5.711e-3 * l + 7.063e-3;
      double b = 8.871e-5 * l * l + 6.7919e-4 * l + 1.2968e-3;
      double expected = (a * 0.2 + b * 0.2 * 0.2) / 50e-6;
      assertEquals(expected, Bench.figure(found, "medianNonlinearity"), 0.03);
      assertEquals(0, Bench.figure(found, "medianHysteresis"), 0.01);
      // Gains of amplifiers spread by 5 %; there are four.
      assertEquals(50e-6, Bench.figure(found, "medianSiemens"), error(0.05, 4) * 50e-6);
    }
  }

  @Test
  void wearAndWindow() throws IOException {
    String worn =
        PLAIN.formatted("0.1e-6")
            + """
            [cells.aging.endurance]
            medianPulses = 1000
            spread = 0.1
            onsetPulses = 1e4
            lossPerDecade = 0
            """;
    try (Chip chip = new Bench(folder).open(worn, "rows=8&columns=8")) {
      Findings found =
          new Bench(folder).find(chip, Kind.ENDURANCE, wishes(10, 4, null, (double[]) null));
      assertEquals(10, Bench.figure(found, "cycles"));
      // 250 pulses cross the window of a cell that is no slower than others.
      assertTrue(Bench.figure(found, "firstWindowSiemens") > 80e-6);
      // 5500 pulses where half of the cells stand 1000.
      assertEquals(64, Bench.figure(found, "failedCells"));
    }
  }
}
