package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;

/// What every array does that can be read from columns to rows; those that cannot are not asked.
///
/// Chips are to be deterministic. Tolerances are wide enough for the worst preset.
public abstract class TransposedContract {
  private static final int REPEATS = 512;

  private Chip chip;
  private Crossbar crossbar;
  private Geometry geometry;
  private Limits limits;

  /// A chip just opened, of at least 8 rows, 4 outputs and 2 arrays, the same one each time.
  protected abstract Chip open();

  @BeforeEach
  void reopen() {
    close();
    chip = open();
    crossbar = chip.arrays().get(0);
    geometry = crossbar.geometry();
    limits = crossbar.limits();
  }

  @AfterEach
  void close() {
    if (chip != null) {
      chip.close();
    }
  }

  @Test
  void theSameCellsMultiplyTheOtherWayRound() {
    assertTrue(crossbar.canReadTransposed());
    writeSomeCells();
    double[] zeroRows = rows(j -> 0);
    double[] zeroOutputs = outputs(i -> 0);
    for (int[] place : new int[][] {{0, 1}, {3, 2}, {7, 0}}) {
      double[] there = difference(outputs(i -> i == place[0] ? 1 : 0), zeroOutputs);
      double[] back = difference(rows(j -> j == place[1] ? 1 : 0), zeroRows);
      double[] opposite = difference(rows(j -> j == place[1] ? -1 : 0), zeroRows);
      double forward = there[place[1]];
      // Both amplifiers have gains of their own.
      double tolerance = 0.8 * Math.abs(forward) + 0.03 * oneCell();
      assertEquals(forward, back[place[0]], tolerance, Arrays.toString(place));
      for (int i = 0; i < back.length; i++) {
        assertEquals(
            -back[i], opposite[i], 0.08 * Math.abs(back[i]) + 0.03 * oneCell(), "row " + i);
      }
    }
  }

  @Test
  void currentsAreInProportionToSmallVolts() {
    writeSomeCells();
    double[] zero = rows(j -> 0);
    double[] full = difference(rows(j -> j < 4 ? 0.5 : 0), zero);
    double[] half = difference(rows(j -> j < 4 ? 0.25 : 0), zero);
    double[] first = difference(rows(j -> j < 2 ? 0.5 : 0), zero);
    double[] rest = difference(rows(j -> j == 2 || j == 3 ? 0.5 : 0), zero);
    assertTrue(Arrays.stream(full).map(Math::abs).max().orElseThrow() > 0.1 * oneCell());
    for (int i = 0; i < full.length; i++) {
      double tolerance = 0.07 * Math.abs(full[i]) + 0.03 * oneCell();
      assertEquals(full[i], 2 * half[i], tolerance, "twice the volts, row " + i);
      assertEquals(full[i], first[i] + rest[i], tolerance, "columns add up, row " + i);
    }
  }

  @Test
  void batchesMayBeSplitAnywhere() {
    Batch inputs = Batches.uniform(4, 10, geometry.outputs(), -1, 1);
    Batch whole = split(inputs, 10);
    Batches.assertSameBits(whole, split(inputs, 10), "the same batch");
    for (int size : new int[] {5, 3, 1}) {
      Batch parts = split(inputs, size);
      Batches.assertClose(whole, parts, 0.05 * oneCell(), "batches of " + size);
      int different = 0;
      for (int i = 0; i < 10 * whole.columns(); i++) {
        int n = i / whole.columns();
        int r = i % whole.columns();
        different += Math.abs(whole.get(n, r) - parts.get(n, r)) > 1e-5 * oneCell() ? 1 : 0;
      }
      assertTrue(different <= 10 * whole.columns() / 50, different + " in batches of " + size);
    }
  }

  private Batch split(Batch inputs, int size) {
    reopen();
    writeSomeCells();
    Batch amps = Batch.zeros(inputs.rows(), geometry.rows());
    for (int from = 0; from < inputs.rows(); from += size) {
      int to = Math.min(from + size, inputs.rows());
      ColumnRead read = new ColumnRead(inputs.rows(from, to), limits.maxReadVolts() / 4);
      crossbar.readTransposed(read, amps.rows(from, to));
    }
    return amps;
  }

  /// No draw of one direction disturbs the other.
  @Test
  void forwardReadsDoNotNoticeIt() {
    Batch inputs = Batches.uniform(5, 6, geometry.rows(), 0, limits.maxReadVolts());
    writeSomeCells();
    Batch before = crossbar.read(inputs);
    Batch after = crossbar.read(inputs);
    reopen();
    writeSomeCells();
    Batches.assertSameBits(before, crossbar.read(inputs), "the first read");
    rows(j -> 0.5);
    Batches.assertSameBits(after, crossbar.read(inputs), "a read behind a transposed one");
  }

  @Test
  void manyArraysAreReadInOneCall() {
    Batch inputs = Batches.uniform(6, 5, geometry.outputs(), -1, 1);
    List<Chip.ArrayColumnRead> both =
        List.of(
            new Chip.ArrayColumnRead(1, read(inputs), Batch.zeros(5, 3)),
            new Chip.ArrayColumnRead(0, read(inputs.rows(0, 2)), Batch.zeros(2, geometry.rows())));
    Telemetry before = chip.telemetry();
    chip.readTransposed(both);
    Telemetry used = chip.telemetry().since(before);
    assertEquals(7, used.arrayReads());
    assertEquals(0, used.pulses());
    assertTrue(used.energyJoules() > 0 && used.busySeconds() > 0, used.toString());
    reopen();
    Batch alone = Batch.zeros(5, 3);
    chip.arrays().get(1).readTransposed(read(inputs), alone);
    Batches.assertClose(alone, both.getFirst().amps(), 0.05 * oneCell(), "array 1 alone");
  }

  @Test
  void refusesVoltsAndShapesHavingDoneNothing() {
    double most = limits.maxReadVolts();
    Telemetry before = chip.telemetry();
    for (double volts : new double[] {1.01 * most, -1.01 * most, Double.POSITIVE_INFINITY}) {
      Batch inputs = Batch.zeros(3, geometry.outputs());
      inputs.set(1, 2, (float) volts);
      Batch amps = Batches.filled(3, geometry.rows(), 7);
      Refusals.assertRefused(
          () -> crossbar.readTransposed(ColumnRead.of(inputs), amps), "output voltage", "output 2");
      Batches.assertSameBits(Batches.filled(3, geometry.rows(), 7), amps, "nothing was read");
    }
    Batch none = Batches.filled(1, 1, Float.NaN);
    Refusals.assertRefused(
        () -> crossbar.readTransposed(ColumnRead.of(none), Batch.zeros(1, 1)), "not a number");
    int[][] shapes = {
      {1, geometry.outputs() + 1, 1, 1}, {1, 1, 1, geometry.rows() + 1}, {2, 1, 1, 1}
    };
    for (int[] s : shapes) {
      ColumnRead read = ColumnRead.of(Batch.zeros(s[0], s[1]));
      Refusals.assertIllegal(
          () -> crossbar.readTransposed(read, Batch.zeros(s[2], s[3])), "cannot read");
    }
    assertEquals(before, chip.telemetry());
  }

  @Test
  void aClosedChipIsNotRead() {
    chip.close();
    Refusals.assertRefused(() -> rows(j -> 0), "is closed");
  }

  /// Raises every third cell of positive columns, some of them far.
  private void writeSomeCells() {
    double step = limits.write().stepSiemens();
    int most = (int) Math.round(0.15 * limits.windowSiemens() / step);
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < counts.length; i++) {
      boolean raised = i % geometry.columns() < geometry.outputs() && i % 3 == 1;
      counts[i] = (short) (raised ? most * (1 + i % 4) : 0);
    }
    crossbar.pulse(PulseTrain.nominal(counts, limits.write()));
  }

  private ColumnRead read(Batch inputs) {
    return new ColumnRead(inputs, limits.maxReadVolts());
  }

  private double oneCell() {
    return limits.maxReadVolts() * limits.windowSiemens();
  }

  /// The mean currents of the rows, for inputs in parts of the highest voltage.
  private double[] rows(IntToDoubleFunction input) {
    Batch amps = Batch.zeros(REPEATS, geometry.rows());
    crossbar.readTransposed(read(repeated(input, geometry.outputs())), amps);
    return mean(amps);
  }

  private double[] outputs(IntToDoubleFunction input) {
    Batch amps = Batch.zeros(REPEATS, geometry.outputs());
    Batch inputs = repeated(input, geometry.rows());
    crossbar.read(new Read(inputs, limits.maxReadVolts(), null, Read.Sense.ALL), amps);
    return mean(amps);
  }

  private static Batch repeated(IntToDoubleFunction input, int lines) {
    Batch inputs = Batch.zeros(REPEATS, lines);
    for (int i = 0; i < REPEATS * lines; i++) {
      inputs.set(i / lines, i % lines, (float) input.applyAsDouble(i % lines));
    }
    return inputs;
  }

  private static double[] mean(Batch amps) {
    double[] mean = new double[amps.columns()];
    for (int i = 0; i < amps.rows() * mean.length; i++) {
      mean[i % mean.length] += amps.get(i / mean.length, i % mean.length) / REPEATS;
    }
    return mean;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }
}
