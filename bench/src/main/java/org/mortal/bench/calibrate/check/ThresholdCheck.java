package org.mortal.bench.calibrate.check;

import java.util.Arrays;
import java.util.TreeSet;
import org.mortal.bench.calibrate.Staircase;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Cell;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.Thresholds;
import org.mortal.kernel.Batch;

/// The thresholds of a sample of cells, by the same staircase as the calibration's.
final class ThresholdCheck {
  private static final int SAMPLE = 64;

  /// Of the threshold: what follows from where the steps lie.
  private static final double TOLERANCE = 0.01;

  private static final int READS = 16;

  private final Probe probe;
  private final Geometry geometry;
  private final ProgramVerify verify;
  private final int[] sample;

  ThresholdCheck(Probe probe) {
    this.probe = probe;
    this.geometry = probe.geometry();
    this.verify = new ProgramVerify(probe.crossbar());
    this.sample = sample();
  }

  /// One cell that answers on each row in turn.
  private int[] sample() {
    CellMap map = probe.calibration().cells();
    TreeSet<Integer> cells = new TreeSet<>();
    for (int k = 0; k < Math.min(SAMPLE, geometry.cells()); k++) {
      int row = k % geometry.rows();
      int column = probe.random().nextInt(geometry.columns());
      if (map.stuck() == null || !map.stuck()[row][column]) {
        cells.add(geometry.index(new Cell(row, column)));
      }
    }
    return cells.stream().mapToInt(Integer::intValue).toArray();
  }

  Check run() {
    Thresholds then = probe.calibration().thresholds();
    Thresholds now = measure();
    Deviations thresholds = new Deviations("thresholds", probe.array());
    if (now == null) {
      thresholds.add(Double.NaN, "all cells, which do not move");
      return thresholds.check();
    }
    double chance = 1.2533 * Math.sqrt(1.0 / then.cells() + 1.0 / now.cells());
    double set = Math.hypot(chance * now.setSpread(), TOLERANCE * now.setVolts());
    double reset = Math.hypot(chance * now.resetSpread(), TOLERANCE * now.resetVolts());
    thresholds.add((now.setVolts() - then.setVolts()) / set, "SET");
    thresholds.add((now.resetVolts() - then.resetVolts()) / reset, "RESET");
    return thresholds.check();
  }

  /// Leaves the cells of the sample somewhere in the window.
  Thresholds measure() {
    return new Staircase(probe.crossbar(), sample, this::siemens).thresholds();
  }

  private double[] siemens() {
    Batch all = verify.measure(READS);
    return Arrays.stream(sample)
        .mapToDouble(i -> all.get(i / geometry.columns(), i % geometry.columns()))
        .toArray();
  }
}
