package org.mortal.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.calibrate.ArrayOutcome;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;

/// What a calibration came to, for people and for scripts.
final class CalibrateText {
  private final Calibrator.Outcome outcome;
  private final CalibrationFile file;

  CalibrateText(Calibrator.Outcome outcome, CalibrationFile file) {
    this.outcome = outcome;
    this.file = file;
  }

  /// Figures by name: means over the arrays, and the truth of the one that is farthest from it.
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("id", file.calibration().chipId());
    figures.put("calibration", file.id());
    figures.put("file", file.path().toString());
    figures.put("mvmErrorBefore", mean(ArrayOutcome::mvmErrorBefore));
    figures.put("mvmErrorAfter", mean(ArrayOutcome::mvmErrorAfter));
    figures.put("success", mean(ArrayOutcome::success));
    figures.put("gainReference", outcome.calibration().gainReference());
    figures.put("expires", outcome.calibration().expires());
    figures.put("truth", worst());
    return figures;
  }

  private double mean(ToDoubleFunction<ArrayOutcome> figure) {
    return outcome.arrays().stream().mapToDouble(figure).average().orElseThrow();
  }

  /// Null where nobody knows the truth.
  private Map<String, Object> worst() {
    Score worst = null;
    for (ArrayOutcome one : outcome.arrays()) {
      Score truth = one.truth();
      if (truth != null && (worst == null || truth.mvmRatio() > worst.mvmRatio())) {
        worst = truth;
      }
    }
    if (worst == null) {
      return null;
    }
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("mvmFloor", worst.mvmFloor());
    truth.put("mvmRatio", worst.mvmRatio());
    truth.put("cellErrorSiemens", worst.cellError());
    truth.put("cellFloorSiemens", worst.cellFloor());
    truth.put("cellRatio", worst.cellRatio());
    truth.put("stuckPrecision", worst.stuckPrecision());
    truth.put("stuckRecall", worst.stuckRecall());
    truth.put("gainError", worst.gainError());
    truth.put("offsetErrorAmps", worst.offsetErrorAmps());
    truth.put("wires", worst.wires());
    return truth;
  }

  @Override
  public String toString() {
    TextTable table =
        new TextTable("array", "MVM before", "after", "floor", "cells", "floor", "outputs good");
    for (ArrayOutcome one : outcome.arrays()) {
      Score truth = one.truth();
      table.add(
          String.valueOf(one.found().array()),
          Units.percent(one.mvmErrorBefore()),
          Units.percent(one.mvmErrorAfter()),
          truth == null ? "-" : Units.percent(truth.mvmFloor()),
          truth == null ? "-" : Units.format(truth.cellError(), "S"),
          truth == null ? "-" : Units.format(truth.cellFloor(), "S"),
          Units.percent(one.success()));
    }
    return "%s, calibration %s%n%s".formatted(file.calibration().chipId(), file.id(), table);
  }
}
