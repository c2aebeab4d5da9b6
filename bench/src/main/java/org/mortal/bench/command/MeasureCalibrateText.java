package org.mortal.bench.command;

import java.util.List;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.bench.calibrate.study.ScoredChip;
import org.mortal.bench.calibrate.study.Spread;
import org.mortal.bench.calibrate.study.StudyResult;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;

/// The scores of many calibrations, for people and for other programs.
final class MeasureCalibrateText {
  private final List<ScoredChip> chips;

  MeasureCalibrateText(List<ScoredChip> chips) {
    this.chips = chips;
  }

  /// All figures of all chips; errors of products are shares of full scale.
  CsvTable table() {
    CsvTable table =
        new CsvTable(
            "chip",
            "mvm_error_before",
            "mvm_error_after",
            "mvm_floor",
            "mvm_ratio",
            "cell_error_siemens",
            "cell_floor_siemens",
            "cell_ratio",
            "stuck_precision",
            "stuck_recall",
            "gain_error",
            "offset_error_amps",
            "row_driver_error_ohms",
            "row_segment_error_ohms",
            "column_segment_error_ohms",
            "column_terminal_error_ohms",
            "success",
            "seconds");
    for (ScoredChip chip : chips) {
      Score score = chip.score();
      table.add(
          chip.chip(),
          score.mvmErrorBefore(),
          score.mvmErrorAfter(),
          score.mvmFloor(),
          score.mvmRatio(),
          score.cellError(),
          score.cellFloor(),
          score.cellRatio(),
          score.stuckPrecision(),
          score.stuckRecall(),
          score.gainError(),
          score.offsetErrorAmps(),
          score.wires().rowDriverOhms(),
          score.wires().rowSegmentOhms(),
          score.wires().columnSegmentOhms(),
          score.wires().columnTerminalOhms(),
          chip.success(),
          chip.seconds());
    }
    return table;
  }

  @Override
  public String toString() {
    TextTable table =
        new TextTable(
            "chip",
            "before",
            "after",
            "floor",
            "ratio",
            "cells",
            "floor",
            "ratio",
            "precision",
            "recall",
            "success");
    for (ScoredChip chip : chips) {
      Score score = chip.score();
      table.add(
          chip.chip(),
          percent(score.mvmErrorBefore()),
          percent(score.mvmErrorAfter()),
          percent(score.mvmFloor()),
          "%.3f".formatted(score.mvmRatio()),
          Units.format(score.cellError(), "S"),
          Units.format(score.cellFloor(), "S"),
          "%.3f".formatted(score.cellRatio()),
          "%.4f".formatted(score.stuckPrecision()),
          "%.4f".formatted(score.stuckRecall()),
          "%.3f".formatted(chip.success()));
    }
    StudyResult result = StudyResult.of(chips);
    add(table, "median", result, Spread::median);
    add(table, "worst", result, Spread::worst);
    return """
    errors of products are root mean squares over held-out vectors, in percent of full scale

    %s\
    """
        .formatted(table);
  }

  private interface Pick {
    double of(Spread spread);
  }

  private static void add(TextTable table, String name, StudyResult result, Pick pick) {
    table.add(
        name,
        percent(pick.of(result.mvmErrorBefore())),
        percent(pick.of(result.mvmErrorAfter())),
        percent(pick.of(result.mvmFloor())),
        "%.3f".formatted(pick.of(result.mvmRatio())),
        Units.format(pick.of(result.cellError()), "S"),
        Units.format(pick.of(result.cellFloor()), "S"),
        "%.3f".formatted(pick.of(result.cellRatio())),
        "%.4f".formatted(pick.of(result.stuckPrecision())),
        "%.4f".formatted(pick.of(result.stuckRecall())),
        "%.3f".formatted(pick.of(result.success())));
  }

  private static String percent(double share) {
    return "%.4f".formatted(100 * share);
  }
}
