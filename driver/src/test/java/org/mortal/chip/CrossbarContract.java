package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;

/// What every array does, simulated or on a board: it reads, writes, programs.
///
/// The tolerances are wide enough for the worst preset, and each is stated where it is used.
/// What it must refuse is in [RefusalContract].
public abstract class CrossbarContract {
  private static final int REPEATS = 512;

  private Chip chip;

  /// A chip just opened, of at least 8 rows and 4 outputs, the same one each time.
  protected abstract Chip open();

  /// Whether the same chip, opened anew and asked the same, answers the same bits.
  protected abstract boolean deterministic();

  /// Cells of the first array that are known not to answer to pulses.
  protected abstract Set<Cell> stuck(Chip chip);

  private Crossbar crossbar() {
    close();
    chip = open();
    return chip.arrays().get(0);
  }

  @AfterEach
  void close() {
    if (chip != null) {
      chip.close();
    }
  }

  @Test
  void shapeAndLimitsAreUsable() {
    Crossbar crossbar = crossbar();
    Geometry geometry = crossbar.geometry();
    Limits limits = crossbar.limits();
    assertTrue(geometry.rows() >= 8 && geometry.outputs() >= 4, geometry.toString());
    assertTrue(limits.write().setVolts() <= limits.maxPulseVolts(), limits.toString());
    assertTrue(limits.write().resetVolts() <= limits.maxPulseVolts(), limits.toString());
    assertTrue(limits.write().seconds() <= limits.maxPulseSeconds(), limits.toString());
    assertTrue(limits.write().stepSiemens() < limits.windowSiemens() / 2, limits.toString());
    // One cell can be told from another.
    double oneCell = limits.maxReadVolts() * limits.windowSiemens();
    assertTrue(limits.fullScaleAmps() > oneCell, limits.toString());
  }

  @Test
  void withoutVoltsOnlyOffsetAndNoiseAreRead() {
    Crossbar crossbar = crossbar();
    double[] before = mean(crossbar, row -> 0);
    double scale = crossbar.limits().fullScaleAmps();
    for (double amps : before) {
      assertTrue(Math.abs(amps) < scale / 4, amps + " A without volts");
    }
    crossbar.pulse(train(crossbar, i -> pulses(crossbar, 0.3)));
    double[] after = mean(crossbar, row -> 0);
    assertClose(before, after, 0.02 * oneCell(crossbar), "cells do not matter");
  }

  @Test
  void currentsAreInProportionToSmallVolts() {
    Crossbar crossbar = crossbar();
    // Positive cells of four rows only, so that currents differ from zero.
    int columns = crossbar.geometry().columns();
    int outputs = crossbar.geometry().outputs();
    crossbar.pulse(
        train(
            crossbar, i -> i / columns < 4 && i % columns < outputs ? pulses(crossbar, 0.15) : 0));
    double[] zero = mean(crossbar, row -> 0);
    double[] half = difference(mean(crossbar, row -> row < 4 ? 0.5 : 0), zero);
    double[] full = difference(mean(crossbar, row -> row < 4 ? 1 : 0), zero);
    double[] first = difference(mean(crossbar, row -> row < 2 ? 1 : 0), zero);
    double[] rest = difference(mean(crossbar, row -> row == 2 || row == 3 ? 1 : 0), zero);
    double some = 0.2 * oneCell(crossbar);
    assertTrue(Arrays.stream(full).filter(amps -> amps > some).count() > outputs / 2);
    for (int j = 0; j < outputs; j++) {
      double tolerance = 0.07 * Math.abs(full[j]) + 0.03 * oneCell(crossbar);
      assertEquals(full[j], 2 * half[j], tolerance, "twice the volts, output " + j);
      assertEquals(full[j], first[j] + rest[j], tolerance, "rows add up, output " + j);
    }
  }

  @Test
  void aBiasIsAddedToTheOutput() {
    Crossbar crossbar = crossbar();
    double bias = 0.25 * Math.min(crossbar.limits().maxBiasAmps(), oneCell(crossbar));
    int outputs = crossbar.geometry().outputs();
    Batch biases = Batch.zeros(1, outputs);
    biases.set(0, 1, (float) bias);
    biases.set(0, 2, (float) -bias);
    double[] with = mean(crossbar, row -> 0, biases, Read.Sense.ALL);
    double[] change = difference(with, mean(crossbar, row -> 0));
    double tolerance = 0.5 * bias + 0.02 * oneCell(crossbar);
    for (int j = 0; j < outputs; j++) {
      assertEquals(j == 1 ? bias : j == 2 ? -bias : 0, change[j], j < 3 ? tolerance : bias / 4);
    }
  }

  /// More vectors than are worked on in one piece; single reads may round a sum another way, as any other batch may.
  @Test
  void biasesOfEachVectorAreThoseOfSingleReads() {
    int vectors = 70;
    double most = 0.25 * Math.min(crossbar().limits().maxBiasAmps(), oneCell(crossbar()));
    int outputs = crossbar().geometry().outputs();
    Batch inputs = Batches.uniform(4, vectors, crossbar().geometry().rows(), 0, 1);
    Batch biases = Batches.uniform(5, vectors, outputs, -most, most);
    biases.rows(9, 10).copyFrom(biases.rows(8, 9));
    Batch together = split(inputs, biases, vectors);
    if (deterministic()) {
      Batch alone = split(inputs, biases, 1);
      Batches.assertClose(alone, together, 0.05 * oneCell(crossbar()), "read one by one");
      int different = 0;
      for (int i = 0; i < vectors * outputs; i++) {
        double change =
            Math.abs(alone.get(i / outputs, i % outputs) - together.get(i / outputs, i % outputs));
        different += change > 1e-5 * oneCell(crossbar()) ? 1 : 0;
      }
      assertTrue(different <= vectors * outputs / 50, different + " differ");
    }
    Batch without = split(inputs, null, vectors);
    double follows = 0;
    double power = 0;
    for (int i = 0; i < vectors * outputs; i++) {
      double bias = biases.get(i / outputs, i % outputs);
      follows +=
          bias * (together.get(i / outputs, i % outputs) - without.get(i / outputs, i % outputs));
      power += bias * bias;
    }
    assertEquals(1, follows / power, 0.4, "how far outputs follow the biases of their vectors");
  }

  @Test
  void halvesOfPairsCanBeReadAlone() {
    Crossbar crossbar = crossbar();
    if (crossbar.geometry().sensing() != Sensing.DIFFERENTIAL) {
      Read half = new Read(Batch.zeros(1, 1), 1, null, Read.Sense.PLUS);
      Refusals.assertIllegal(() -> crossbar.read(half, Batch.zeros(1, 1)), "differential");
      return;
    }
    int columns = crossbar.geometry().columns();
    crossbar.pulse(train(crossbar, i -> i % columns == 0 ? pulses(crossbar, 0.2) : 0));
    double[] zero = mean(crossbar, row -> 0);
    IntToDoubleFunction input = row -> row < 4 ? 1 : 0;
    double[] all = difference(mean(crossbar, input), zero);
    double[] plus = difference(mean(crossbar, input, null, Read.Sense.PLUS), zero);
    double[] minus = difference(mean(crossbar, input, null, Read.Sense.MINUS), zero);
    assertTrue(plus[0] > 0.4 * oneCell(crossbar), "the positive half was SET: " + plus[0]);
    for (int j = 0; j < all.length; j++) {
      assertEquals(all[j], plus[j] + minus[j], 0.05 * Math.abs(all[j]) + 0.03 * oneCell(crossbar));
    }
  }

  @Test
  void setRaisesAndResetLowers() {
    Crossbar crossbar = crossbar();
    int columns = crossbar.geometry().columns();
    IntToDoubleFunction chosen = i -> (i / columns + i % columns) % 2 == 0 ? 1 : 0;
    int count = pulses(crossbar, 0.25);
    double expected = count * crossbar.limits().write().stepSiemens();
    double[] before = siemens(crossbar);
    crossbar.pulse(train(crossbar, i -> (int) chosen.applyAsDouble(i) * count));
    double[] raised = siemens(crossbar);
    crossbar.pulse(train(crossbar, i -> (int) chosen.applyAsDouble(i) * -count));
    double[] lowered = siemens(crossbar);
    assertEquals(expected, median(raised, before, chosen, 1), 0.4 * expected, "SET");
    assertEquals(-expected, median(lowered, raised, chosen, 1), 0.4 * expected, "RESET");
    assertEquals(0, median(raised, before, chosen, 0), 0.05 * expected, "not pulsed");
  }

  @Test
  void programsAPatternAndSaysWhichCellsFailed() {
    Crossbar crossbar = crossbar();
    Geometry geometry = crossbar.geometry();
    Limits limits = crossbar.limits();
    Batch targets = Batch.zeros(geometry.rows(), geometry.columns());
    for (int i = 0; i < geometry.cells(); i++) {
      Cell cell = geometry.cell(i);
      double part = 0.08 + 0.02 * ((7 * cell.row() + 3 * cell.column()) % 11);
      targets.set(
          cell.row(), cell.column(), (float) (limits.minSiemens() + part * limits.windowSiemens()));
    }
    double tolerance = 0.04 * limits.windowSiemens();
    long before = chip.telemetry().pulses();
    ProgramResult result = crossbar.program(new ProgramRequest(targets, tolerance, 24, 16));
    assertEquals(
        chip.telemetry().pulses() - before, Arrays.stream(result.pulses()).asLongStream().sum());
    for (int i = 0; i < geometry.cells(); i++) {
      assertTrue(result.resets()[i] >= 0 && result.resets()[i] <= result.pulses()[i]);
    }
    assertTrue(result.successRate() > 0.75, "rate " + result.successRate());
    double[] later = siemens(crossbar);
    Set<Cell> stuck = stuck(chip);
    int failed = 0;
    for (int i = 0; i < geometry.cells(); i++) {
      Cell cell = geometry.cell(i);
      double target = targets.get(cell.row(), cell.column());
      double measured = result.measuredSiemens().get(cell.row(), cell.column());
      if (result.success()[i]) {
        assertEquals(target, measured, 1.001 * tolerance, cell.toString());
        assertEquals(target, later[i], 4 * tolerance, cell + ", measured again");
      } else if (stuck.contains(cell)) {
        failed++;
        assertTrue(result.pulses()[i] > 0, "nothing was tried at " + cell);
      }
    }
    assertTrue(2 * failed >= stuck.size(), failed + " of " + stuck.size() + " stuck cells failed");
  }

  /// Sums may be rounded another way in a batch of another size, and so seldom fall to another
  /// converter step.
  @Test
  void batchesMayBeSplitAnywhere() {
    if (!deterministic()) {
      return;
    }
    Batch inputs = Batches.uniform(4, 10, crossbar().geometry().rows(), 0, 1);
    Batch whole = split(inputs, 10);
    Batches.assertSameBits(whole, split(inputs, 10), "the same batch");
    for (int size : new int[] {5, 3, 1}) {
      Batch parts = split(inputs, size);
      Batches.assertClose(whole, parts, 0.05 * oneCell(crossbar()), "batches of " + size);
      int different = 0;
      for (int n = 0; n < 10; n++) {
        for (int j = 0; j < whole.columns(); j++) {
          double change = Math.abs(whole.get(n, j) - parts.get(n, j));
          different += change > 1e-5 * oneCell(crossbar()) ? 1 : 0;
        }
      }
      assertTrue(different <= 10 * whole.columns() / 50, different + " in batches of " + size);
    }
  }

  private Batch split(Batch inputs, int size) {
    return split(inputs, null, size);
  }

  private Batch split(Batch inputs, Batch biases, int size) {
    Crossbar crossbar = crossbar();
    int count = pulses(crossbar, 0.1);
    crossbar.pulse(train(crossbar, i -> i % 3 * count));
    Batch amps = Batch.zeros(inputs.rows(), crossbar.geometry().outputs());
    for (int from = 0; from < inputs.rows(); from += size) {
      int to = Math.min(from + size, inputs.rows());
      double volts = crossbar.limits().maxReadVolts() / 4;
      Read whole = new Read(inputs, volts, biases, Read.Sense.ALL);
      crossbar.read(whole.vectors(from, to), amps.rows(from, to));
    }
    return amps;
  }

  private static double oneCell(Crossbar crossbar) {
    return crossbar.limits().maxReadVolts() * crossbar.limits().windowSiemens();
  }

  /// Nominal pulses that cross this part of the window.
  private static int pulses(Crossbar crossbar, double part) {
    Limits limits = crossbar.limits();
    return (int) Math.round(part * limits.windowSiemens() / limits.write().stepSiemens());
  }

  private static PulseTrain train(Crossbar crossbar, java.util.function.IntUnaryOperator count) {
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) count.applyAsInt(i);
    }
    return PulseTrain.nominal(counts, crossbar.limits().write());
  }

  private static double[] mean(Crossbar crossbar, IntToDoubleFunction input) {
    return mean(crossbar, input, null, Read.Sense.ALL);
  }

  /// The mean currents for one input vector, in parts of the highest voltage.
  private static double[] mean(
      Crossbar crossbar, IntToDoubleFunction input, Batch bias, Read.Sense sense) {
    Geometry geometry = crossbar.geometry();
    Batch inputs = Batch.zeros(REPEATS, geometry.rows());
    for (int r = 0; r < geometry.rows(); r++) {
      for (int n = 0; n < REPEATS; n++) {
        inputs.set(n, r, (float) input.applyAsDouble(r));
      }
    }
    Batch amps = Batch.zeros(REPEATS, geometry.outputs());
    crossbar.read(new Read(inputs, crossbar.limits().maxReadVolts(), bias, sense), amps);
    double[] mean = new double[geometry.outputs()];
    for (int j = 0; j < mean.length; j++) {
      for (int n = 0; n < REPEATS; n++) {
        mean[j] += amps.get(n, j) / (double) REPEATS;
      }
    }
    return mean;
  }

  private static double[] siemens(Crossbar crossbar) {
    Batch measured = new ProgramVerify(crossbar).measure(32);
    double[] all = new double[crossbar.geometry().cells()];
    for (int i = 0; i < all.length; i++) {
      Cell cell = crossbar.geometry().cell(i);
      all[i] = measured.get(cell.row(), cell.column());
    }
    return all;
  }

  private static double median(double[] a, double[] b, IntToDoubleFunction chosen, int which) {
    double[] changes =
        java.util.stream.IntStream.range(0, a.length)
            .filter(i -> chosen.applyAsDouble(i) == which)
            .mapToDouble(i -> a[i] - b[i])
            .sorted()
            .toArray();
    return changes[changes.length / 2];
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  private static void assertClose(double[] a, double[] b, double tolerance, String what) {
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i], b[i], tolerance, what + ", output " + i);
    }
  }
}
