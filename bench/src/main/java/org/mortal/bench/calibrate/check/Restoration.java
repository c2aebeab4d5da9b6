package org.mortal.bench.calibrate.check;

import org.mortal.bench.report.Units;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.kernel.Batch;

/// Brings cells back to within a few steps of where they were when this was made, or to the end of the window that they lay beyond:
/// not to where the map has them to a hair.
final class Restoration {
  private static final int PASSES = 12;
  private static final double STEPS_LEFT = 3;

  private final Probe probe;
  private final int reads;
  private final ProgramVerify verify;
  private final Batch before;

  /// @param reads that each measurement is the mean of
  Restoration(Probe probe, int reads) {
    this.probe = probe;
    this.reads = reads;
    this.verify = new ProgramVerify(probe.crossbar());
    this.before = verify.measure(reads);
  }

  Check run() {
    Geometry geometry = probe.geometry();
    Limits limits = probe.limits();
    Batch targets = Batch.zeros(geometry.rows(), geometry.columns());
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        double wanted = Math.clamp(before.get(r, c), limits.minSiemens(), limits.maxSiemens());
        targets.set(r, c, (float) wanted);
      }
    }
    double tolerance = STEPS_LEFT * limits.write().stepSiemens();
    verify.run(new ProgramRequest(targets, tolerance, PASSES, reads));
    double rest = rest(targets, verify.measure(reads));
    // What was measured is noisy at both ends, so the rest may be a little more than what each cell
    // was brought to.
    double limit = 2 * tolerance;
    String detail =
        "%s from where cells were to go, root mean square".formatted(Units.format(rest, "S"));
    return new Check("restored", probe.array(), rest <= limit, rest, limit, detail);
  }

  private double rest(Batch targets, Batch after) {
    CellMap map = probe.calibration().cells();
    double squares = 0;
    int count = 0;
    for (int r = 0; r < after.rows(); r++) {
      for (int c = 0; c < after.columns(); c++) {
        if (map.stuck() == null || !map.stuck()[r][c]) {
          squares += Math.pow(after.get(r, c) - targets.get(r, c), 2);
          count++;
        }
      }
    }
    return Math.sqrt(squares / Math.max(1, count));
  }
}
