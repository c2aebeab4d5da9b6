package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.calibrated.Thresholds;

/// Finds the lowest pulses that move cells, on a sample of them, and brings these back.
///
/// Cells are given pulses of rising amplitude, SET from the low end of the window and RESET from the high one. A
/// threshold is the amplitude by which a cell has moved a tenth of the window, between two amplitudes by interpolation.
final class ThresholdStage {
  private static final int SAMPLE = 32;
  private static final double MOVED = 0.1;
  private static final int STEPS = 16;

  /// Of the nominal amplitude.
  private static final double LOWEST = 0.4;

  private static final double HIGHEST = 1.2;
  private static final int PASSES = 4;
  private static final int RESTORING_PASSES = 8;

  private final ArrayReader reader;
  private final Geometry geometry;
  private final Limits limits;
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
    this.limits = reader.limits();
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

  /// Null where no cell of the sample has a threshold.
  Thresholds run() {
    int window = pulses(1);
    give(-2 * window, limits.write().setVolts(), limits.write().resetVolts());
    double[] set = staircase(1, limits.write().setVolts());
    give(2 * window, limits.write().setVolts(), limits.write().resetVolts());
    double[] reset = staircase(-1, limits.write().resetVolts());
    new Restorer(reader, conductances, before, Floats.doubles(trial.stepSiemens()), sample)
        .run(RESTORING_PASSES);
    if (set.length < 2 || reset.length < 2) {
      return null;
    }
    return new Thresholds(
        Quantiles.of(set, 0.5),
        Math.sqrt(StatUtils.variance(set)),
        Quantiles.of(reset, 0.5),
        Math.sqrt(StatUtils.variance(reset)),
        Math.min(set.length, reset.length));
  }

  private int pulses(double share) {
    return (int)
        Math.max(1, Math.rint(share * limits.windowSiemens() / limits.write().stepSiemens()));
  }

  /// @param count in as many trains as the limits ask for
  private void give(int count, double setVolts, double resetVolts) {
    int most = limits.maxPulses();
    for (int left = count; left != 0; ) {
      int some = Math.clamp(left, -most, most);
      Pulses.give(reader, i -> chosen(i) ? some : 0, setVolts, resetVolts);
      left -= some;
    }
  }

  private boolean chosen(int cell) {
    return sample[cell / geometry.columns()][cell % geometry.columns()];
  }

  /// The thresholds of those cells that have one on the way.
  private double[] staircase(int sign, double nominalVolts) {
    double highest = Math.min(HIGHEST * nominalVolts, limits.maxPulseVolts());
    double lowest = Math.min(LOWEST * nominalVolts, highest / 2);
    int pulses = pulses(MOVED);
    double[] first = siemens();
    double[] moved = new double[first.length];
    double[] found = new double[first.length];
    double volts = lowest;
    for (int step = 0; step < STEPS; step++) {
      double below = volts;
      volts = lowest + (highest - lowest) * step / (STEPS - 1.0);
      give(sign * pulses, volts, volts);
      double[] now = siemens();
      for (int k = 0; k < now.length; k++) {
        double move = sign * (now[k] - first[k]);
        double wanted = MOVED * limits.windowSiemens();
        if (found[k] == 0 && move >= wanted) {
          found[k] = below + (volts - below) * (wanted - moved[k]) / (move - moved[k]);
        }
        moved[k] = move;
      }
    }
    return Arrays.stream(found).filter(one -> one > 0).toArray();
  }

  private double[] siemens() {
    double[][] all = conductances.read(PASSES).siemens();
    return cells.stream()
        .mapToDouble(i -> all[i / geometry.columns()][i % geometry.columns()])
        .toArray();
  }
}
