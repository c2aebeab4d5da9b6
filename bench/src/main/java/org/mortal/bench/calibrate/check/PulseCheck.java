package org.mortal.bench.calibrate.check;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Cell;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.kernel.Batch;

/// SET and then RESET pulses to every cell: which of them answer, and by how much.
final class PulseCheck {
  /// How far cells are moved, as part of the window.
  private static final double MOVED = 0.25;

  /// A move by less than this part of what is nominal is none.
  private static final double LEAST = 0.05;

  /// Standard errors of a move.
  private static final double SURE = 3;

  /// A cell that seems to be other than the calibration says is tried again, by so many times as many pulses.
  private static final int AGAIN = 3;

  /// Steps of all cells together may be so much off for other reasons than chance: they depend on where a cell is.
  private static final double TOLERANCE = 0.03;

  /// Steps scatter with longer tails than normal numbers.
  private static final double TAILS = 1.6;

  private final Probe probe;
  private final int reads;
  private final Geometry geometry;
  private final Limits limits;
  private final CellMap map;
  private final int pulses;
  private final Batch before;
  private final double error;
  private final boolean[] moved;
  private final double[] steps;

  /// @param reads that each measurement is the mean of
  PulseCheck(Probe probe, int reads) {
    this.probe = probe;
    this.reads = reads;
    this.geometry = probe.geometry();
    this.limits = probe.limits();
    this.map = probe.calibration().cells();
    double wanted = MOVED * limits.windowSiemens() / limits.write().stepSiemens();
    this.pulses = (int) Math.clamp(Math.rint(wanted), 1, limits.maxPulses() / AGAIN);
    this.before = measure();
    this.error = error();
    this.moved = new boolean[geometry.cells()];
    this.steps = new double[geometry.cells()];
  }

  private Batch measure() {
    return new ProgramVerify(probe.crossbar()).measure(reads);
  }

  /// Of the difference of two measurements of a cell, from a second one of all.
  private double error() {
    Batch again = measure();
    double[] apart = new double[geometry.cells()];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = Math.abs(at(again, i) - at(before, i));
    }
    return 1.4826 * new Median().evaluate(apart);
  }

  private double at(Batch siemens, int cell) {
    return siemens.get(cell / geometry.columns(), cell % geometry.columns());
  }

  private boolean stuck(int cell) {
    return map.stuck()[cell / geometry.columns()][cell % geometry.columns()];
  }

  void run(List<Check> checks) {
    move(_ -> pulses, pulses);
    for (int i = 0; i < steps.length; i++) {
      steps[i] /= pulses;
    }
    double[] once = steps.clone();
    move(i -> moved[i] == stuck(i) ? AGAIN * pulses : 0, AGAIN * pulses);
    checks.add(stuck());
    if (map.stepSiemens() != null) {
      checks.add(step(once));
    }
  }

  /// Pulses some cells up and down; those are judged anew.
  private void move(IntUnaryOperator count, int most) {
    Batch low = measure();
    pulse(count);
    Batch high = measure();
    pulse(i -> -count.applyAsInt(i));
    Batch end = measure();
    double least = LEAST * most * limits.write().stepSiemens() + SURE * error;
    for (int i = 0; i < moved.length; i++) {
      if (count.applyAsInt(i) != 0) {
        steps[i] = at(high, i) - at(end, i);
        moved[i] = Math.max(at(high, i) - at(low, i), steps[i]) > least;
      }
    }
  }

  private void pulse(IntUnaryOperator count) {
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) count.applyAsInt(i);
    }
    probe.crossbar().pulse(PulseTrain.nominal(counts, limits.write()));
  }

  private Check stuck() {
    int wrong = 0;
    String last = "";
    for (int i = 0; i < moved.length; i++) {
      if (moved[i] == stuck(i)) {
        wrong++;
        last = ", the last at " + geometry.cell(i);
      }
    }
    String detail = "%d cells answer other than the calibration says%s".formatted(wrong, last);
    return new Check("stuck", probe.array(), wrong == 0, wrong, 0, detail);
  }

  /// Steps now against then, as parts of a nominal step; how much they scatter is seen from all of them.
  private Check step(double[] once) {
    double nominal = limits.write().stepSiemens();
    double[] apart = new double[once.length];
    int count = 0;
    for (int i = 0; i < once.length; i++) {
      if (moved[i] && !stuck(i)) {
        Cell cell = geometry.cell(i);
        apart[count++] = (once[i] - map.stepSiemens()[cell.row()][cell.column()]) / nominal;
      }
    }
    double middle = new Median().evaluate(apart, 0, count);
    double[] distances = new double[count];
    for (int k = 0; k < count; k++) {
      distances[k] = Math.abs(apart[k] - middle);
    }
    double spread = 1.4826 * new Median().evaluate(distances);
    Deviations together = new Deviations("step", probe.array());
    double chance = Math.hypot(1.2533 * spread / Math.sqrt(count), TOLERANCE);
    together.add(middle / chance, "the middle of all cells");
    count = 0;
    for (int i = 0; i < once.length; i++) {
      if (moved[i] && !stuck(i)) {
        together.add(apart[count++] / (TAILS * spread), geometry.cell(i));
      }
    }
    return together.check();
  }
}
