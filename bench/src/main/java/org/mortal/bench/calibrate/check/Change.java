package org.mortal.bench.calibrate.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;

/// How one quantity of an array has changed from one calibration to another, in its own unit.
///
/// @param count how many of it both have
/// @param median of the magnitudes of all changes
/// @param worst the largest of them
/// @param beyondError how many changed by more than three standard errors of both together, which by chance 0.3 % do; null
///   where the errors are not known
public record Change(
    int array,
    String quantity,
    String unit,
    int count,
    double median,
    double worst,
    Integer beyondError) {
  private static final double SURE = 3;

  /// All changes of the arrays that both have.
  public static List<Change> between(Calibration earlier, Calibration later) {
    List<Change> changes = new ArrayList<>();
    for (ArrayCalibration one : earlier.arrays()) {
      later.arrays().stream()
          .filter(other -> other.array() == one.array())
          .forEach(other -> add(changes, one, other));
    }
    return changes;
  }

  private static void add(List<Change> changes, ArrayCalibration then, ArrayCalibration now) {
    Values gains = new Values(then, "gain", "");
    Values offsets = new Values(then, "offset", "A");
    for (int j = 0; j < then.outputs().length; j++) {
      OutputCurve a = then.outputs()[j];
      OutputCurve b = now.outputs()[j];
      gains.add(a.gain(), b.gain(), Math.hypot(a.gainError(), b.gainError()));
      offsets.add(a.offsetAmps(), b.offsetAmps(), Math.hypot(a.offsetError(), b.offsetError()));
    }
    Values bows = new Values(then, "bow", "");
    Values skews = new Values(then, "skew", "");
    for (int i = 0; i < then.rows().length; i++) {
      InputBend a = then.rows()[i];
      InputBend b = now.rows()[i];
      bows.add(a.bow(), b.bow(), Double.NaN);
      skews.add(a.skew(), b.skew(), Double.NaN);
    }
    Values settling = new Values(then, "settling", "");
    settling.add(then.settlingLeft(), now.settlingLeft(), Double.NaN);
    for (Values values : List.of(gains, offsets, bows, skews, settling)) {
      values.addTo(changes);
    }
    if (then.cells() != null && now.cells() != null) {
      addCells(changes, then, now);
    }
    if (then.drift() != null && now.drift() != null) {
      Values drift = new Values(then, "drift reference", "A");
      double error = Math.hypot(then.drift().errorAmps(), now.drift().errorAmps());
      drift.add(then.drift().meanAmps(), now.drift().meanAmps(), error);
      drift.addTo(changes);
    }
  }

  private static void addCells(List<Change> changes, ArrayCalibration then, ArrayCalibration now) {
    CellMap a = then.cells();
    CellMap b = now.cells();
    Values siemens = new Values(then, "conductance", "S");
    Values noise = new Values(then, "cell noise", "S");
    Values steps = new Values(then, "step", "S");
    Values stuck = new Values(then, "stuck", "");
    Values telegraph = new Values(then, "telegraph", "");
    for (int r = 0; r < a.siemens().length; r++) {
      for (int c = 0; c < a.siemens()[r].length; c++) {
        double error = Math.hypot(a.errorSiemens()[r][c], b.errorSiemens()[r][c]);
        siemens.add(a.siemens()[r][c], b.siemens()[r][c], error);
        noise.add(a.noiseSiemens()[r][c], b.noiseSiemens()[r][c], Double.NaN);
        if (a.stepSiemens() != null && b.stepSiemens() != null) {
          steps.add(a.stepSiemens()[r][c], b.stepSiemens()[r][c], Double.NaN);
        }
        stuck.addFlags(a.stuck(), b.stuck(), r, c);
        telegraph.addFlags(a.telegraph(), b.telegraph(), r, c);
      }
    }
    for (Values values : List.of(siemens, noise, steps, stuck, telegraph)) {
      values.addTo(changes);
    }
  }

  /// The values of one quantity, pair by pair.
  private static final class Values {
    private final int array;
    private final String quantity;
    private final String unit;
    private final List<Double> moves = new ArrayList<>();
    private int beyond;
    private boolean errorsKnown = true;

    Values(ArrayCalibration of, String quantity, String unit) {
      this.array = of.array();
      this.quantity = quantity;
      this.unit = unit;
    }

    /// @param error of the difference; not a number where nobody knows
    void add(double then, double now, double error) {
      double move = Math.abs(now - then);
      moves.add(move);
      errorsKnown &= !Double.isNaN(error);
      beyond += move > SURE * error ? 1 : 0;
    }

    void addFlags(boolean[][] then, boolean[][] now, int row, int column) {
      if (then != null && now != null) {
        add(then[row][column] ? 1 : 0, now[row][column] ? 1 : 0, 0);
      }
    }

    void addTo(List<Change> changes) {
      if (moves.isEmpty()) {
        return;
      }
      double[] sorted = moves.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      changes.add(
          new Change(
              array,
              quantity,
              unit,
              sorted.length,
              sorted[sorted.length / 2],
              sorted[sorted.length - 1],
              errorsKnown ? beyond : null));
    }
  }
}
