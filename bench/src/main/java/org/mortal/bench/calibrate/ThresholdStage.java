package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.chip.Geometry;
import org.mortal.chip.calibrated.Thresholds;

/// Finds the lowest pulses that move cells, on a sample of them, and brings these back.
final class ThresholdStage {
  private static final int SAMPLE = 32;
  private static final int PASSES = 4;
  private static final int RESTORING_PASSES = 8;

  private final ArrayReader reader;
  private final Geometry geometry;
  private final Conductances conductances;
  private final Trial trial;
  private final double[][] before;
  private final boolean[][] sample;
  private final List<Integer> cells = new ArrayList<>();

  /// @param trial which cells answer, and by how much
  /// @param before where cells are to be brought back to
  /// @param random draws the sample
  ThresholdStage(
      ArrayReader reader,
      ArrayState state,
      Trial trial,
      double[][] before,
      RandomGenerator random) {
    this.reader = reader;
    this.geometry = reader.geometry();
    this.conductances = new Conductances(reader, state);
    this.trial = trial;
    this.before = before;
    this.sample = new boolean[geometry.rows()][geometry.columns()];
    for (int k = 0; k < Math.min(SAMPLE, geometry.cells()); k++) {
      // One on each row in turn, so that all drivers have a say.
      int row = k % geometry.rows();
      int column = random.nextInt(geometry.columns());
      if (!trial.stuck()[row][column] && !sample[row][column]) {
        sample[row][column] = true;
        cells.add(row * geometry.columns() + column);
      }
    }
  }

  /// Null where hardly a cell of the sample has a threshold.
  Thresholds run() {
    int[] indices = cells.stream().mapToInt(Integer::intValue).toArray();
    Thresholds found = new Staircase(reader.crossbar(), indices, this::siemens).thresholds();
    new Restorer(reader, conductances, before, Floats.doubles(trial.stepSiemens()), sample)
        .run(RESTORING_PASSES);
    return found;
  }

  private double[] siemens() {
    double[][] all = conductances.read(PASSES).siemens();
    return cells.stream()
        .mapToDouble(i -> all[i / geometry.columns()][i % geometry.columns()])
        .toArray();
  }
}
