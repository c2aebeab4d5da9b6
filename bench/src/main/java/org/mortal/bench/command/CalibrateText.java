package org.mortal.bench.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.calibrate.ArrayOutcome;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.WireFit;

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
    StringBuilder text =
        new StringBuilder(
            "%s, calibration %s%n%s".formatted(file.calibration().chipId(), file.id(), table));
    for (ArrayOutcome one : outcome.arrays()) {
      findings(one.found(), text);
    }
    if (!outcome.calibration().gainReference()) {
      text.append("no bias current tells gains from conductances: gains count as 1\n");
    }
    return text.append("expires ").append(outcome.calibration().expires()).append('\n').toString();
  }

  private static void findings(ArrayCalibration found, StringBuilder text) {
    text.append("array %d: ".formatted(found.array()));
    OutputCurve first = found.outputs()[0];
    switch (first.saturation()) {
      case NONE -> text.append("outputs straight");
      case TANH ->
          text.append("outputs bend as tanh at " + Units.format(first.fullScaleAmps(), "A"));
    }
    if (found.settlingLeft() > 0) {
      text.append(", %s left of the read before".formatted(Units.percent(found.settlingLeft())));
    }
    if (Arrays.stream(found.rows()).anyMatch(bend -> !bend.equals(InputBend.NONE))) {
      double most = Arrays.stream(found.rows()).mapToDouble(InputBend::rise).max().orElse(0);
      text.append(
          ", drives bend (%s too strong at the highest voltage)".formatted(Units.percent(most)));
    }
    if (found.wires() != null) {
      WireFit wires = found.wires();
      text.append(
          ", wires of %s a row segment and %s a column segment, driver %s, terminal %s"
              .formatted(
                  Units.format(wires.rowSegment(), "Ω"),
                  Units.format(wires.columnSegment(), "Ω"),
                  Units.format(wires.rowDriver(), "Ω"),
                  Units.format(wires.columnTerminal(), "Ω")));
    }
    text.append(", %d telegraph cells".formatted(count(found.cells().telegraph())));
    if (found.cells().stuck() != null) {
      text.append(", %d stuck".formatted(count(found.cells().stuck())));
    }
    if (found.thresholds() != null) {
      text.append(
          ", SET from %s and RESET from %s"
              .formatted(
                  Units.format(found.thresholds().setVolts(), "V"),
                  Units.format(found.thresholds().resetVolts(), "V")));
    }
    if (found.drift() != null) {
      text.append(
          ", drift exponent %.5f ± %.5f"
              .formatted(found.drift().exponent(), found.drift().exponentError()));
    }
    text.append('\n');
  }

  private static int count(boolean[][] mask) {
    int count = 0;
    for (boolean[] row : mask) {
      for (boolean one : row) {
        count += one ? 1 : 0;
      }
    }
    return count;
  }
}
