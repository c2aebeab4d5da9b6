package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.ConstantStep;

/// Presets age as their papers say through the port of a whole chip too: pulsed, left alone, read.
class AgedChipTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int ROWS = 48;
  private static final int COLUMNS = 64;

  /// A preset's cells, written exactly, behind perfect converters.
  private static SimChip exact(String preset) {
    ChipProfile profile = Profiles.named(preset).orElseThrow();
    double step = profile.cells().update().setStep();
    ChipProfile exact =
        TestProfiles.of(
            ROWS,
            COLUMNS,
            Sensing.SINGLE,
            profile.cells().with(new ConstantStep(step, step, 0)),
            new Dac(0, profile.dac().fullScaleVolts()),
            new SenseAmplifier(0, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0));
    return new ChipPopulation(exact).chip(3, KERNELS);
  }

  private static void pulse(SimChip chip, int count) {
    Crossbar crossbar = chip.arrays().get(0);
    short[] counts = new short[ROWS * COLUMNS];
    Arrays.fill(counts, (short) count);
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  /// Every cell read alone, in siemens.
  private static double[] read(SimChip chip) {
    Crossbar crossbar = chip.arrays().get(0);
    Batch inputs = Batch.zeros(ROWS, ROWS);
    for (int r = 0; r < ROWS; r++) {
      inputs.set(r, r, 1);
    }
    double volts = crossbar.limits().maxReadVolts();
    Batch amps = Batch.zeros(ROWS, COLUMNS);
    crossbar.read(new Read(inputs, (float) volts, null, Read.Sense.ALL), amps);
    double[] siemens = new double[ROWS * COLUMNS];
    for (int i = 0; i < siemens.length; i++) {
      siemens[i] = amps.get(i / COLUMNS, i % COLUMNS) / volts;
    }
    return siemens;
  }

  private static SummaryStatistics statistics(double[] values) {
    SummaryStatistics statistics = new SummaryStatistics();
    Arrays.stream(values).forEach(statistics::addValue);
    return statistics;
  }

  private static void assertNormal(double mean, double sigma, double[] values) {
    SummaryStatistics found = statistics(values);
    assertEquals(mean, found.getMean(), 4 * sigma / Math.sqrt(values.length));
    assertEquals(sigma, found.getStandardDeviation(), 4 * sigma / Math.sqrt(2 * values.length));
  }

  @Test
  void neurramRelaxesBetweenReads() {
    SimChip chip = exact("neurram");
    pulse(chip, 125);
    double target = 1e-6 + 125 * 39e-6 / 250;
    double x = target / 40e-6;
    double second = .348 + x * (16.030 + x * (-43.853 + x * (45.393 - x * 16.815)));
    double day = .701 + x * (22.086 + x * (-50.773 + x * (47.095 - x * 16.458)));
    assertEquals(target, statistics(read(chip)).getMean(), 1e-12);
    chip.advance(1);
    assertNormal(target, second * 1e-6, read(chip));
    chip.advance(86_399);
    assertNormal(target, day * 1e-6, read(chip));
    // Read as often as one likes: the errors stay as they are.
    assertArrayEquals(read(chip), read(chip));
    pulse(chip, 1);
    chip.advance(1);
    SummaryStatistics again = statistics(read(chip));
    double both = Math.hypot(second, day) * 1e-6;
    assertEquals(both, again.getStandardDeviation(), 0.1 * both, "a pulse starts from there");
  }

  @Test
  void pcmReadsScatterAndDrift() {
    SimChip chip = exact("pcm");
    pulse(chip, 125);
    chip.advance(20);
    double[] then = means(chip, 60);
    double x = 0.5;
    double programmed = (0.26348 + x * (1.9650 - x * 1.1731)) * 1e-6;
    assertNormal(12.5e-6, programmed, then);
    chip.advance(30 * 86_400);
    double[] now = means(chip, 60);
    SummaryStatistics exponents = new SummaryStatistics();
    for (int i = 0; i < now.length; i++) {
      exponents.addValue(-Math.log(now[i] / then[i]) / Math.log((20 + 30 * 86_400) / 20.0));
    }
    // ln(1/2) within the law's held range: 0.049 +- 0.008; means of reads scatter a little
    // themselves.
    assertEquals(0.049, exponents.getMean(), 4 * 0.008 / Math.sqrt(now.length));
    assertEquals(0.008, exponents.getStandardDeviation(), 0.0005);
  }

  /// The mean of many reads of each cell, whose scatter is checked on the way against the law for half the window.
  private static double[] means(SimChip chip, int reads) {
    SummaryStatistics[] cells = new SummaryStatistics[ROWS * COLUMNS];
    Arrays.setAll(cells, i -> new SummaryStatistics());
    for (int n = 0; n < reads; n++) {
      double[] read = read(chip);
      for (int i = 0; i < read.length; i++) {
        cells[i].addValue(read[i]);
      }
    }
    double seconds = chip.nanos() * 1e-9;
    double relative =
        Math.min(0.0088 / Math.pow(0.5, 0.65), 0.2)
            * Math.sqrt(Math.log((seconds + 250e-9) / 500e-9));
    double ratio =
        Arrays.stream(cells)
            .mapToDouble(cell -> cell.getVariance() / Math.pow(relative * cell.getMean(), 2))
            .average()
            .orElseThrow();
    assertEquals(1, ratio, 4 * Math.sqrt(2.0 / reads / cells.length) + 0.005, "noise of reads");
    return Arrays.stream(cells).mapToDouble(SummaryStatistics::getMean).toArray();
  }

  @Test
  void cellsThatAreNotFormedAreReportedStuck() {
    SimChip chip = exact("hfox-virgin");
    pulse(chip, 10);
    boolean[][] stuck = chip.truth(0).stuck();
    assertTrue(Arrays.stream(stuck).allMatch(row -> allOf(row)));
    Crossbar crossbar = chip.arrays().get(0);
    short[] counts = new short[ROWS * COLUMNS];
    Arrays.fill(counts, (short) 1);
    crossbar.pulse(new PulseTrain(counts, 1.8, 0.9, 100e-9));
    long formed = Arrays.stream(chip.truth(0).stuck()).filter(row -> !allOf(row)).count();
    assertEquals(ROWS, formed);
  }

  private static boolean allOf(boolean[] row) {
    for (boolean one : row) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theSameLifeGivesTheSameBits() {
    for (String preset : new String[] {"pcm", "hfox-lab"}) {
      ChipProfile profile =
          Profiles.named(preset).orElseThrow().with(new Geometry(ROWS, COLUMNS, Sensing.SINGLE));
      SimChip one = new ChipPopulation(profile).chip(8, KERNELS);
      SimChip two = new ChipPopulation(profile).chip(8, Kernels.plain());
      for (SimChip chip : new SimChip[] {one, two}) {
        pulse(chip, 100);
        chip.advance(1000);
        pulse(chip, -10);
        chip.advance(77);
      }
      QuirksTest.assertSameTruth(one.truth(0), two.truth(0));
    }
  }
}
