package org.mortal.bench.selftest;

import org.mortal.bench.report.Units;

/// Brings cells back to where a trial found them.
final class Restoration {
  private static final int PASSES = 4;

  /// Steps spread from pulse to pulse: a little less than what is missing does not overshoot.
  private static final double CAUTION = 0.8;

  /// The rest that may remain, root mean square, as part of the window.
  private static final double LIMIT = 0.02;

  private final ArrayProbe probe;
  private final CellTrial trial;
  private final CellChecks cells;
  private final int columns;

  Restoration(ArrayProbe probe, CellTrial trial, CellChecks cells) {
    this.probe = probe;
    this.trial = trial;
    this.cells = cells;
    this.columns = probe.geometry().columns();
  }

  /// Pulses what is off, a few times.
  ///
  /// @param reachable whether pulses reach the cells that they are meant for; else the cells stay as they are
  Check run(int array, boolean reachable) {
    float[][] now = trial.after();
    for (int pass = 0; reachable && pass < PASSES; pass++) {
      float[][] seen = now;
      probe.pulse(i -> missing(seen, i / columns, i % columns));
      now = probe.siemens(trial.reads());
    }
    double rest = rest(now);
    return Check.atMost(
        "restored",
        array,
        rest,
        LIMIT * probe.limits().windowSiemens(),
        "%s from where the cells were before, root mean square".formatted(Units.format(rest, "S")));
  }

  private int missing(float[][] now, int row, int column) {
    if (!cells.answers(row, column)) {
      return 0;
    }
    double error = trial.before()[row][column] - now[row][column];
    double pulses = error / trial.stepSiemens(row, column);
    return Math.abs(pulses) < 1 ? 0 : (int) Math.round(CAUTION * pulses);
  }

  private double rest(float[][] now) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < now.length; r++) {
      for (int c = 0; c < columns; c++) {
        if (cells.answers(r, c)) {
          double error = now[r][c] - trial.before()[r][c];
          sum += error * error;
          count++;
        }
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  }
}
