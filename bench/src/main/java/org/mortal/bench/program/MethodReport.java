package org.mortal.bench.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.mortal.bench.program.MethodSummary.Figure;
import org.mortal.bench.program.Trial.Result;
import org.mortal.bench.program.Trial.Row;
import org.mortal.bench.report.Page;
import org.mortal.bench.report.Plot;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Attempts;

/// Methods side by side: a table for people, CSV files, and a page with the distributions of errors.
///
/// @param methods that were tried, or were to be
/// @param results of all trials, at least one
public record MethodReport(
    RunFolder folder, String title, List<Method> methods, List<Result> results) {

  /// A row for each method, in the order in which they were tried.
  public List<MethodSummary> summaries() {
    return byMethod().values().stream()
        .map(some -> MethodSummary.of(some.stream().map(Result::row).toList()))
        .toList();
  }

  private Map<String, List<Result>> byMethod() {
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    results.forEach(result ->
        groups.computeIfAbsent(result.row().method(), _ -> new ArrayList<>()).add(result));
    return groups;
  }

  /// The table for people: of each figure the median chip and the worst.
  public String text() {
    TextTable table =
        new TextTable(
            "median (worst chip)",
            "success",
            "at once",
            "all done",
            "after wait",
            "error",
            "after wait",
            "true error",
            "pulses",
            "p95",
            "wear",
            "reads",
            "energy",
            "chip time",
            "stuck",
            "spared");
    for (MethodSummary one : summaries()) {
      table.add(
          one.method(),
          cell(one.success(), Units::percent),
          cell(one.withinAtOnce(), Units::percent),
          cell(one.within(), Units::percent),
          cell(one.withinAfterWait(), Units::percent),
          cell(one.rmseSiemens(), siemens -> Units.format(siemens, "S")),
          cell(one.rmseSiemensAfterWait(), siemens -> Units.format(siemens, "S")),
          cell(one.trueRmseSiemens(), siemens -> Units.format(siemens, "S")),
          cell(one.pulsesMedian(), Units::format),
          cell(one.pulsesP95(), Units::format),
          cell(one.wear(), Units::format),
          cell(one.reads(), Units::format),
          cell(one.joules(), joules -> Units.format(joules, "J")),
          cell(one.chipSeconds(), seconds -> Units.format(seconds, "s")),
          cell(one.stuck(), Units::format),
          cell(one.spared(), Units::format));
    }
    return table + losses();
  }

  /// What each method does.
  private String legend() {
    StringBuilder text = new StringBuilder("\n");
    for (Method method : methods) {
      text.append("%s: %s%n".formatted(method.name(), method.description()));
    }
    return text.toString();
  }

  /// What wires take from products, where there are wires.
  private String losses() {
    StringBuilder text = new StringBuilder();
    for (MethodSummary one : summaries()) {
      if (!Double.isNaN(one.loss().median())) {
        text.append(
            "%s: wires take %s from products, %s if cells were at their targets%n"
                .formatted(
                    one.method(),
                    cell(one.loss(), Units::percent),
                    cell(one.lossExact(), Units::percent)));
      }
    }
    return text.toString();
  }

  private static String cell(Figure figure, Function<Double, String> form) {
    if (Double.isNaN(figure.median())) {
      return "-";
    }
    String median = form.apply(figure.median());
    String worst = form.apply(figure.worst());
    return median.equals(worst) ? median : "%s (%s)".formatted(median, worst);
  }

  /// Writes `rows.csv`, a line for each method and chip, and `cells.csv`, one for each cell of each.
  public void writeTables() {
    CsvTable rows =
        new CsvTable(
            "method",
            "chip",
            "cells",
            "stuck",
            "spared",
            "success",
            "successAllCells",
            "withinAtOnce",
            "within",
            "withinAfterWait",
            "rmseSiemens",
            "rmseSiemensAllCells",
            "rmseSiemensAfterWait",
            "rmseSiemensAllCellsAfterWait",
            "trueRmseSiemens",
            "trueRmseSiemensAfterWait",
            "pulsesMean",
            "pulsesMedian",
            "pulsesP95",
            "wear",
            "rounds",
            "reads",
            "joules",
            "chipSeconds",
            "lossExact",
            "loss");
    CsvTable cells =
        new CsvTable(
            "method",
            "chip",
            "cell",
            "targetSiemens",
            "errorSiemens",
            "errorSiemensAfterWait",
            "fate",
            "pulses");
    for (Result result : results) {
      Row row = result.row();
      rows.add(
          row.method(),
          row.chip(),
          row.cells(),
          row.stuck(),
          row.spared(),
          row.success(),
          row.successAllCells(),
          row.withinAtOnce(),
          row.within(),
          row.withinAfterWait(),
          row.rmseSiemens(),
          row.rmseSiemensAllCells(),
          row.rmseSiemensAfterWait(),
          row.rmseSiemensAllCellsAfterWait(),
          row.trueRmseSiemens(),
          row.trueRmseSiemensAfterWait(),
          row.pulsesMean(),
          row.pulsesMedian(),
          row.pulsesP95(),
          row.wear(),
          row.rounds(),
          row.reads(),
          row.joules(),
          row.chipSeconds(),
          row.lossExact(),
          row.loss());
      int[] pulses = result.programmed().pulses();
      for (int i = 0; i < result.errors().length; i++) {
        cells.add(
            row.method(),
            row.chip(),
            i,
            result.targets()[i],
            (float) result.errors()[i],
            result.errorsAfterWait().length == 0 ? "" : (float) result.errorsAfterWait()[i],
            result.programmed().first().fates()[i],
            pulses[i]);
      }
    }
    folder.write("rows.csv", rows);
    folder.write("cells.csv", cells);
  }

  /// Draws the distributions of errors, and writes `report.html`.
  ///
  /// @param attempts that keep what fails
  public void draw(Attempts attempts) {
    List<Path> pictures = new ArrayList<>();
    attempts.run(() -> pictures.add(curves("errors-at-once.png", "at once", Result::errors)));
    if (results.stream().allMatch(result -> result.errorsAfterWait().length > 0)) {
      attempts.run(() ->
          pictures.add(curves("errors-after-wait.png", "after the wait", Result::errorsAfterWait)));
    }
    attempts.run(() -> Page.write(folder.file("report.html"), title, text() + legend(), pictures));
  }

  /// For each method, which share of healthy cells lies within an error.
  private Path curves(String name, String when, Function<Result, double[]> errors) {
    Path png = folder.file(name);
    List<Plot.Line> lines = new ArrayList<>();
    byMethod()
        .forEach((method, some) ->
            lines.add(
                line(
                    method,
                    some.stream()
                        .flatMapToDouble(one -> DoubleStream.of(one.healthy(errors.apply(one)))))));
    Plot.curves(
        png,
        "%s, %s".formatted(title, when),
        Plot.Axis.linear("error at most", "S"),
        Plot.Axis.linear("share of healthy cells, in %", ""),
        lines);
    return png;
  }

  private static Plot.Line line(String method, DoubleStream errors) {
    double[] sizes = errors.map(Math::abs).sorted().toArray();
    double[] shares = new double[sizes.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = 100 * (i + 0.5) / shares.length;
    }
    return new Plot.Line(method, sizes, shares, false);
  }
}
