package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Cell;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// What many writes do to cells that they are not for, in a passive array of 64 x 64 cells with floating lines.
class PassiveArrayTest {
  private static final int WRITES = 10_000;
  private static final int ROW = 20;
  private static final int COLUMN = 33;

  private static SimChip chip(String changes) {
    ChipProfile profile = ProfileFile.parse("extends = 'passive'\n" + changes, "passive.toml");
    return new ChipPopulation(profile).chip(3, 1, Kernels.select(2));
  }

  private static String perfectWires() {
    return """
    [wiring.wires]
    rowSegmentOhms = 0
    columnSegmentOhms = 0
    rowDriverOhms = 0
    columnTerminalOhms = 0
    [cells.defects]
    stuck = 0
    """;
  }

  /// SET and RESET in turn at one cell: its own level stays about where it is, and so does that of its neighbours, but for
  /// the scatter that each half-selected pulse adds.
  private static void toggle(SimChip chip, int writes) {
    Crossbar array = chip.arrays().get(0);
    for (int write = 0; write < writes; write++) {
      int pulse = write % 2 == 0 ? 1 : -1;
      array.pulse(
          PulseTrain.single(
              array.geometry(), new Cell(ROW, COLUMN), pulse, array.limits().write()));
    }
  }

  private static void set(SimChip chip, int writes) {
    Crossbar array = chip.arrays().get(0);
    PulseTrain train =
        PulseTrain.single(array.geometry(), new Cell(ROW, COLUMN), 1, array.limits().write());
    for (int write = 0; write < writes; write++) {
      array.pulse(train);
    }
  }

  private static boolean half(int row, int column) {
    return (row == ROW) != (column == COLUMN);
  }

  /// Half-selected cells climb as if each pulse had been one of half the amplitude meant for them; no other cell moves.
  @Test
  void halfSelectedCellsClimbByTheLaw() {
    SimChip chip = chip(perfectWires());
    double[][] before = chip.truth(0).siemens();
    set(chip, WRITES);
    ArrayTruth truth = chip.truth(0);
    // 10^(-0.6 V / 0.2 V) of a step of 0.4 µS, each with 30 % of scatter.
    double step = 1e-3 * 0.4e-6;
    SummaryStatistics climbed = new SummaryStatistics();
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        double levels = (truth.siemens()[r][c] - before[r][c]) / truth.gain()[r][c];
        if (half(r, c)) {
          climbed.addValue((levels - WRITES * step) / (step * 0.3 * Math.sqrt(WRITES)));
        } else if (r != ROW || c != COLUMN) {
          assertEquals(0, levels, 0, r + " " + c);
        }
      }
    }
    assertEquals(126, climbed.getN());
    // Four standard errors of a mean and of a variance of 126 standard normal numbers.
    assertEquals(0, climbed.getMean(), 4 / Math.sqrt(126));
    assertEquals(1, climbed.getVariance(), 4 * Math.sqrt(2.0 / 125));
  }

  /// A law whose steps shrink towards the bound ends where its closed form says.
  @Test
  void softBoundsSlowTheClimb() {
    String law =
        """
        [cells.update]
        law = "soft-bounds"
        proportional = false
        setStep = 2e-6
        resetStep = 2e-6
        cycleNoise = 0
        """;
    SimChip chip = chip(perfectWires() + law);
    set(chip, WRITES);
    ArrayTruth truth = chip.truth(0);
    // Levels run from 0 to 100 µS. The law's step is 2 µS where the level is 0, and 0.01 of that
    // half-selected.
    double low = 0;
    double high = 100e-6;
    double expected = low;
    for (int write = 0; write < WRITES; write++) {
      expected += 1e-3 * 2e-6 * (1 - expected / high);
    }
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        if (half(r, c)) {
          double level = (truth.siemens()[r][c] - 10e-6) / truth.gain()[r][c];
          assertEquals(expected, level, 2e-4 * expected, r + " " + c);
        }
      }
    }
  }

  @Test
  void pulsesOfBothSignsScatterWithoutClimbing() {
    SimChip chip = chip(perfectWires());
    Crossbar array = chip.arrays().get(0);
    // To the middle first: bounds would fold the scatter.
    short[] counts = new short[array.geometry().cells()];
    Arrays.fill(counts, (short) 10);
    array.pulse(PulseTrain.nominal(counts, array.limits().write()));
    double[][] before = chip.truth(0).siemens();
    toggle(chip, WRITES);
    ArrayTruth truth = chip.truth(0);
    double step = 1e-3 * 0.4e-6;
    SummaryStatistics moved = new SummaryStatistics();
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        if (half(r, c)) {
          double levels = (truth.siemens()[r][c] - before[r][c]) / truth.gain()[r][c];
          moved.addValue(levels / (step * 0.3 * Math.sqrt(WRITES)));
        }
      }
    }
    assertEquals(0, moved.getMean(), 4 / Math.sqrt(126));
    assertEquals(1, moved.getVariance(), 4 * Math.sqrt(2.0 / 125));
  }

  /// With wires the cells near the drivers see more of the pulse than those at the far ends.
  @ParameterizedTest
  @ValueSource(strings = {"passive", "selector"})
  void wiresWeakenTheDisturbance(String profile) {
    String noiseless = "[cells.defects]\nstuck = 0\n[cells.update]\ncycleNoise = 0\n";
    ChipProfile made =
        ProfileFile.parse("extends = '%s'\n%s".formatted(profile, noiseless), "passive.toml")
            .with(new Geometry(16, 16, Profiles.hfox().geometry().sensing()));
    SimChip chip = new ChipPopulation(made).chip(3, 1, Kernels.select(2));
    Crossbar array = chip.arrays().get(0);
    double[][] before = chip.truth(0).siemens();
    for (int write = 0; write < 20; write++) {
      array.pulse(PulseTrain.single(array.geometry(), new Cell(15, 0), 1, array.limits().write()));
    }
    ArrayTruth truth = chip.truth(0);
    double near = (truth.siemens()[15][1] - before[15][1]) / truth.gain()[15][1];
    double far = (truth.siemens()[15][15] - before[15][15]) / truth.gain()[15][15];
    assertTrue(far > 0 && near > far, near + " near, " + far + " far");
    assertTrue(near < 20 * 1.1e-3 * 0.4e-6, near + " near");
  }

  /// A cell that is read through floating lines seems to conduct what its neighbours pass on; a selector stops them.
  @Test
  void sneakPathsMislead() {
    double[] excess = new double[2];
    String[] profiles = {"passive", "selector"};
    for (int k = 0; k < 2; k++) {
      SimChip chip =
          new ChipPopulation(Profiles.named(profiles[k]).orElseThrow())
              .chip(3, 1, Kernels.select(2));
      Crossbar array = chip.arrays().get(0);
      float volts = (float) array.limits().maxReadVolts();
      Batch one = Batch.zeros(1, 64);
      one.set(0, ROW, volts);
      Batch all = Batch.zeros(1, 64);
      for (int i = 0; i < 64; i++) {
        all.set(0, i, volts);
      }
      Batch alone = Batch.zeros(1, 64);
      Batch together = Batch.zeros(1, 64);
      array.read(new Read(one, 1, null, Read.Sense.ALL), alone);
      array.read(new Read(all, 1, null, Read.Sense.ALL), together);
      // All columns are sensed, so one driven row finds no way but its own cells.
      double sum = 0;
      for (int j = 0; j < 64; j++) {
        sum += alone.get(0, j) / together.get(0, j);
      }
      excess[k] = sum / 64;
      assertTrue(excess[k] > 0.005 && excess[k] < 0.05, profiles[k] + " " + excess[k]);
    }
  }
}
