package org.mortal.bench.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.mortal.bench.book.ArrayWear;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.program.Method;
import org.mortal.bench.program.MethodReport;
import org.mortal.bench.program.MethodSummary;
import org.mortal.bench.program.Trial;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;

/// `mortal program --method A,B`: methods of programming side by side, each on every chip.
///
/// A simulated chip is opened anew for each method, a board is programmed by one after the other.
///
/// @param chips addresses
/// @param mostWear pulses that a cell may have had in all, those in the lab book too
record MethodsRun(
    CommonOptions common, List<Method> methods, List<String> chips, Trial trial, long mostWear) {
  private static final double SECONDS = 60;

  /// Pulses for each target.
  record Pulses(double median, double p95) {}

  /// The figures of the first method, of the median chip, and those of all.
  ///
  /// @param rmseSiemens of healthy cells
  /// @param rmseSiemensAfter60s the same after 60 s, if those were waited for
  /// @param waitedSeconds 0 if cells were not judged again
  record Result(
      double success,
      double rmseSiemens,
      Pulses pulsesPerCell,
      Double rmseSiemensAfter60s,
      double waitedSeconds,
      double toleranceSiemens,
      List<MethodSummary> methods,
      List<Trial.Row> rows,
      boolean interrupted,
      String run) {}

  int run(Kernels kernels, RunManifest begun, Interruption interruption) {
    long started = System.nanoTime();
    RunManifest manifest =
        begun.withRig(String.join(" ", chips), null, kernels.products().description());
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(manifest.finished(0, Map.of(), true));
    List<Trial.Result> results = new ArrayList<>();
    Attempts attempts = new Attempts();
    attempts.run(() -> program(kernels, results, interruption));
    if (results.isEmpty()) {
      attempts.finish();
    }
    MethodReport report = new MethodReport(folder, title(results.getFirst()), methods, results);
    List<MethodSummary> summaries = report.summaries();
    boolean interrupted = interruption.requested();
    double seconds = (System.nanoTime() - started) / 1e9;
    attempts.run(() -> folder.write(manifest.finished(seconds, figures(summaries), interrupted)));
    attempts.run(report::writeTables);
    attempts.run(() -> report.draw(attempts));
    int code =
        common.finish(
            result(summaries, results, interrupted, folder),
            "%s%n%n%s%n%skept in %s%n"
                .formatted(
                    report.title(),
                    report.text(),
                    interrupted ? "interrupted; " : "",
                    folder.path()));
    attempts.finish();
    return code;
  }

  /// Adds to `results` what each trial has found, up to the first that fails. After Ctrl-C the one under way ends early.
  private void program(Kernels kernels, List<Trial.Result> results, Interruption interruption) {
    try (Progress progress = Progress.start("programming", (long) methods.size() * chips.size())) {
      for (Method method : methods) {
        for (String address : chips) {
          if (results.isEmpty() || !interruption.requested()) {
            try (Chip chip = common.chips().open(address, kernels)) {
              long last = chip.arrays().size() - (long) method.devices();
              common.requireRange("--array", trial.array(), 0, last);
              results.add(trial.run(method, address, chip, budgets(chip), interruption::requested));
            }
            progress.step();
          }
        }
      }
    }
  }

  private String title(Trial.Result first) {
    return "Programming %s to %s within %s"
        .formatted(
            chips.size() == 1 ? chips.getFirst() : chips.size() + " chips as " + chips.getFirst(),
            trial.targets().text(),
            Units.format(first.acceptSiemens(), "S"));
  }

  /// What each cell may still be given, by what the lab book knows of it.
  private IntFunction<int[]> budgets(Chip chip) {
    if (mostWear == Long.MAX_VALUE) {
      return array -> budget(chip, array, List.of());
    }
    List<ArrayWear> wear =
        common
            .book()
            .filter(place -> !(place instanceof BookPlace.InFile(var file)) || Files.exists(file))
            .map(place -> Book.openExisting(place).wear(chip.id(), "", BookTime.now()))
            .orElse(List.of());
    return array -> budget(chip, array, wear);
  }

  private int[] budget(Chip chip, int array, List<ArrayWear> wear) {
    int[] budget = new int[chip.arrays().get(array).geometry().cells()];
    Arrays.fill(budget, Math.clamp(mostWear, 0, Integer.MAX_VALUE));
    for (ArrayWear one : wear) {
      for (int i = 0; one.array() == array && i < budget.length; i++) {
        budget[i] = Math.clamp(mostWear - one.wear().total(i), 0, Integer.MAX_VALUE);
      }
    }
    return budget;
  }

  private Result result(
      List<MethodSummary> summaries,
      List<Trial.Result> results,
      boolean interrupted,
      RunFolder folder) {
    MethodSummary first = summaries.getFirst();
    return new Result(
        first.success().median(),
        first.rmseSiemens().median(),
        new Pulses(first.pulsesMedian().median(), first.pulsesP95().median()),
        trial.waitSeconds() == SECONDS ? first.rmseSiemensAfterWait().median() : null,
        trial.waitSeconds(),
        results.getFirst().toleranceSiemens(),
        summaries,
        results.stream().map(Trial.Result::row).toList(),
        interrupted,
        folder.path().toString());
  }

  private static Map<String, Object> figures(List<MethodSummary> summaries) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (MethodSummary one : summaries) {
      figures.put(one.method() + ".success", one.success().median());
      figures.put(one.method() + ".rmseSiemens", one.rmseSiemens().median());
      figures.put(one.method() + ".rmseSiemensAfterWait", one.rmseSiemensAfterWait().median());
      figures.put(one.method() + ".pulsesMedian", one.pulsesMedian().median());
    }
    return figures;
  }
}
