package org.mortal.bench.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.ErrorCharts;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;

/// What a transfer has to say: a table over chips, every heir as CSV, and a picture.
///
/// @param home its test error
/// @param rows of all heirs
public record TransferReport(double home, List<Row> rows) {

  /// The heirs of one way and one size of the transfer set, as one.
  ///
  /// @param way or [Row#COPIED]
  /// @param median test error
  public record Summary(
      String way,
      int examples,
      int chips,
      double median,
      double best,
      double worst,
      long bitsPerExample,
      long bits) {}

  /// A summary for each way and size that has rows, in their order.
  public List<Summary> summaries() {
    return rows.stream()
        .map(row -> of(row.way(), row.examples()))
        .distinct()
        .map(TransferReport::summary)
        .toList();
  }

  private List<Row> of(String way, int examples) {
    return rows.stream()
        .filter(row -> row.way().equals(way) && row.examples() == examples)
        .toList();
  }

  private static Summary summary(List<Row> group) {
    Row first = group.getFirst();
    double[] errors = group.stream().mapToDouble(Row::testError).toArray();
    return new Summary(
        first.way(),
        first.examples(),
        group.size(),
        Quantiles.of(errors, 0.5),
        Quantiles.of(errors, 0),
        Quantiles.of(errors, 1),
        first.bitsPerExample(),
        first.bits());
  }

  /// The summary of a way with a size, if it has rows.
  public Optional<Summary> summary(String way, int examples) {
    List<Row> group = of(way, examples);
    return group.isEmpty() ? Optional.empty() : Optional.of(summary(group));
  }

  /// Writes `heirs.csv`.
  public static void writeTable(RunFolder folder, List<Row> rows) {
    CsvTable table =
        new CsvTable(
            "chip",
            "way",
            "examples",
            "testError",
            "validationError",
            "bitsPerExample",
            "bits",
            "deviceQueries",
            "cellWrites",
            "energyJoules",
            "seconds");
    for (Row row : rows) {
      table.add(
          row.chip(),
          row.way(),
          row.examples(),
          row.testError(),
          row.validationError(),
          row.bitsPerExample(),
          row.bits(),
          row.queries(),
          row.cellWrites(),
          row.energyJoules(),
          row.seconds());
    }
    folder.write("heirs.csv", table);
  }

  /// Draws error against the size of the transfer set and against bits, where anything was distilled.
  public void draw(RunFolder folder, String title) {
    List<Summary> distilled =
        summaries().stream().filter(summary -> summary.examples() > 0).toList();
    if (distilled.isEmpty()) {
      return;
    }
    ErrorCharts.againstCost(
        folder.file("error-examples.png"),
        title,
        "unlabelled examples",
        "",
        "test error",
        curves(distilled, Summary::examples));
    ErrorCharts.againstCost(
        folder.file("error-bits.png"),
        title,
        "bits sent, copied weights included",
        "",
        "test error",
        curves(distilled, Summary::bits));
  }

  private List<ErrorCharts.Curve> curves(List<Summary> distilled, ToDoubleFunction<Summary> cost) {
    List<ErrorCharts.Curve> curves = new ArrayList<>();
    for (String way : distilled.stream().map(Summary::way).distinct().toList()) {
      List<Summary> points =
          distilled.stream().filter(summary -> summary.way().equals(way)).toList();
      curves.add(
          new ErrorCharts.Curve(
              way,
              points.stream().mapToDouble(cost).toArray(),
              points.stream().mapToDouble(one -> 100 * one.median()).toArray(),
              points.stream().mapToDouble(one -> 100 * one.best()).toArray(),
              points.stream().mapToDouble(one -> 100 * one.worst()).toArray()));
    }
    double least = distilled.stream().mapToDouble(cost).min().orElseThrow();
    double most = distilled.stream().mapToDouble(cost).max().orElseThrow();
    summary(Row.COPIED, 0)
        .ifPresent(
            one -> curves.add(level("copied", least, most, one.median(), one.best(), one.worst())));
    curves.add(level("home", least, most, home, home, home));
    return curves;
  }

  private static ErrorCharts.Curve level(
      String name, double from, double to, double median, double best, double worst) {
    return new ErrorCharts.Curve(
        name,
        new double[] {from, to},
        new double[] {100 * median, 100 * median},
        new double[] {100 * best, 100 * best},
        new double[] {100 * worst, 100 * worst});
  }

  /// The table for people.
  public String text() {
    TextTable table =
        new TextTable("way", "examples", "chips", "median", "worst", "bits/example", "bits in all");
    table.add("home", "", "1", Units.percent(home), "", "", "");
    for (Summary one : summaries()) {
      table.add(
          one.way(),
          one.examples() == 0 ? "" : String.valueOf(one.examples()),
          String.valueOf(one.chips()),
          Units.percent(one.median()),
          Units.percent(one.worst()),
          one.examples() == 0 ? "" : Units.format(one.bitsPerExample()),
          Units.format(one.bits()));
    }
    return table.toString();
  }
}
