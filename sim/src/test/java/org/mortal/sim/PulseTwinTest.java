package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;

/// A train of n pulses is n pulses one by one: same mean, same spread, same ends; stuck cells stay.
class PulseTwinTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int ROWS = 64;
  private static final int COLUMNS = 64;
  private static final double STEP = TestProfiles.HFOX.stepSiemens();

  private static SimChip chip(CellModel cells) {
    return new ChipPopulation(TestProfiles.withCells(ROWS, COLUMNS, cells)).chip(4, 1, KERNELS);
  }

  private static SimChip exactSteps() {
    return chip(TestProfiles.cells(0, 0, 0, 0, 0));
  }

  private static void pulse(SimChip chip, int count) {
    Crossbar crossbar = chip.arrays().get(0);
    crossbar.pulse(PulseTrain.nominal(counts(count), crossbar.limits().write()));
  }

  private static short[] counts(int count) {
    short[] counts = new short[ROWS * COLUMNS];
    java.util.Arrays.fill(counts, (short) count);
    return counts;
  }

  /// All cells in steps above the lowest conductance.
  private static double[] steps(SimChip chip) {
    double[] steps = new double[ROWS * COLUMNS];
    double[][] siemens = chip.truth(0).siemens();
    for (int i = 0; i < steps.length; i++) {
      double above = siemens[i / COLUMNS][i % COLUMNS] - TestProfiles.HFOX.window().minSiemens();
      steps[i] = above / STEP;
    }
    return steps;
  }

  private static SummaryStatistics changes(double[] before, double[] after) {
    SummaryStatistics changes = new SummaryStatistics();
    for (int i = 0; i < before.length; i++) {
      changes.addValue(after[i] - before[i]);
    }
    return changes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 50, 90, -1, -3, -16, -90})
  void aTrainIsAsManyPulsesOneByOne(int count) {
    // From the middle of the window, so that no cell meets an end.
    SimChip train = chip(TestProfiles.cells(0, 0, 0.3, 0, 0));
    SimChip single = chip(TestProfiles.cells(0, 0, 0.3, 0, 0));
    pulse(train, 125);
    pulse(single, 125);
    double[] start = steps(train);
    assertArrayEquals(start, steps(single));
    pulse(train, count);
    for (int n = 0; n < Math.abs(count); n++) {
      pulse(single, Integer.signum(count));
    }
    double cells = start.length;
    double deviation = 0.3 * Math.sqrt(Math.abs(count));
    for (SimChip chip : new SimChip[] {train, single}) {
      SummaryStatistics changes = changes(start, steps(chip));
      assertEquals(count, changes.getMean(), 4 * deviation / Math.sqrt(cells), "mean");
      double spread = changes.getStandardDeviation() / deviation;
      assertEquals(1, spread, 4 / Math.sqrt(2 * cells), "spread");
    }
    assertEquals(train.telemetry().pulses(), single.telemetry().pulses());
  }

  @Test
  void exactStepsEndAtTheWindow() {
    SimChip chip = exactSteps();
    pulse(chip, 7);
    for (double steps : steps(chip)) {
      assertEquals(7, steps, 1e-4);
    }
    pulse(chip, -10);
    for (double steps : steps(chip)) {
      assertEquals(0, steps, 1e-9);
    }
    pulse(chip, 1000);
    for (double steps : steps(chip)) {
      assertEquals(250, steps, 1e-3);
    }
    pulse(chip, -2);
    for (double steps : steps(chip)) {
      assertEquals(248, steps, 1e-3);
    }
  }

  @Test
  void noCellLeavesItsWindow() {
    SimChip chip = chip(TestProfiles.cells(0, 0, 3, 0, 0));
    Philox random = new Philox(1);
    double least = 1;
    double most = 0;
    for (int round = 0; round < 40; round++) {
      pulse(chip, random.nextInt(-200, 201));
      for (double steps : steps(chip)) {
        assertTrue(steps >= -1e-6 && steps <= 250.001, "at " + steps);
        least = Math.min(least, steps);
        most = Math.max(most, steps);
      }
    }
    assertEquals(0, least, 1e-6);
    assertEquals(250, most, 1e-3);
  }

  @Test
  void stuckCellsDoNotMove() {
    SimChip chip = chip(TestProfiles.cells(0.2, 0.1, 0.3, 0, 0));
    double[] start = steps(chip);
    pulse(chip, 100);
    double[] up = steps(chip);
    pulse(chip, -30);
    double[] down = steps(chip);
    boolean[][] stuck = chip.truth(0).stuck();
    int count = 0;
    for (int i = 0; i < start.length; i++) {
      if (stuck[i / COLUMNS][i % COLUMNS]) {
        count++;
        assertEquals(start[i], up[i], "cell " + i);
        assertEquals(start[i], down[i], "cell " + i);
      } else {
        assertTrue(up[i] > start[i] && down[i] < up[i], "cell " + i);
      }
    }
    assertEquals(0.1 * start.length, count, 4 * Math.sqrt(0.09 * start.length));
  }

  @Test
  void cellsWithoutPulsesDoNotMove() {
    SimChip chip = chip(TestProfiles.HFOX);
    pulse(chip, 60);
    double[] before = steps(chip);
    short[] counts = new short[ROWS * COLUMNS];
    for (int i = 0; i < counts.length; i += 7) {
      counts[i] = (short) (i % 2 == 0 ? 5 : -5);
    }
    Crossbar crossbar = chip.arrays().get(0);
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    double[] after = steps(chip);
    boolean[][] stuck = chip.truth(0).stuck();
    for (int i = 0; i < counts.length; i++) {
      boolean moves = counts[i] != 0 && !stuck[i / COLUMNS][i % COLUMNS];
      assertEquals(moves, before[i] != after[i], "cell " + i);
    }
  }

  @Test
  void pulsesOfAnotherShapeMakeOtherSteps() {
    WriteMode mode = TestProfiles.PROFILE.write();
    double set = mode.setVolts();
    double width = mode.seconds();
    assertEquals(0, afterSet(0.5 * set, width), 1e-9, "half the amplitude");
    assertEquals(0, afterSet(0.2 * set, 100 * width), 1e-9, "half selected for long");
    assertEquals(10, afterSet(set, width), 1e-4, "nominal");
    assertEquals(30, afterSet(set, 3 * width), 1e-3, "three times as long");
    assertEquals(100, afterSet(set + 0.5, width), 1e-2, "half a volt more");
    assertEquals(10, afterSet(set - 0.4, 10 * width * Math.pow(10, -0.2)), 1e-4, "weaker, longer");
  }

  private static double afterSet(double volts, double seconds) {
    SimChip chip = exactSteps();
    chip.arrays().get(0).pulse(new PulseTrain(counts(10), volts, 1, seconds));
    return steps(chip)[77];
  }

  @Test
  void resetHasItsOwnAmplitude() {
    SimChip chip = exactSteps();
    pulse(chip, 100);
    WriteMode mode = TestProfiles.PROFILE.write();
    double half = mode.resetVolts() / 2;
    chip.arrays().get(0).pulse(new PulseTrain(counts(-10), mode.setVolts(), half, mode.seconds()));
    assertEquals(100, steps(chip)[5], 1e-3);
    chip.arrays()
        .get(0)
        .pulse(new PulseTrain(counts(-10), half, mode.resetVolts(), mode.seconds()));
    assertEquals(90, steps(chip)[5], 1e-3);
  }

  @Test
  void weakNoisyPulsesDoNothingAtAll() {
    SimChip chip = chip(TestProfiles.HFOX);
    pulse(chip, 50);
    double[] before = steps(chip);
    WriteMode mode = TestProfiles.PROFILE.write();
    double half = mode.setVolts() / 2;
    chip.arrays().get(0).pulse(new PulseTrain(counts(100), half, half, mode.seconds()));
    assertArrayEquals(before, steps(chip));
  }
}
