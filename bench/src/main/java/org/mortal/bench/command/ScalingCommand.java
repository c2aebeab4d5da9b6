package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.check.PowerFit;
import org.mortal.bench.check.ScalingStudy;
import org.mortal.bench.check.ScalingStudy.Line;
import org.mortal.bench.check.Subject;
import org.mortal.bench.report.Charts;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal scaling`: how what rules need goes with size, beside theory.
@Command(
    name = "scaling",
    description =
        "Measures how estimates, and queries to a fixed accuracy, go with weights, neurons and groups.",
    footer = {
      "",
      "Students of one hidden layer and a fixed head learn to tell four patterns of 8 bits apart, to an",
      "error of 10 %; of two hidden layers for rules that send errors or activities back. A rule's",
      "rate is chosen at the smallest size and then falls as its noise should grow. Task and sizes",
      "were chosen on seed 1: give another to test the exponents. Theory is that of large sizes, and",
      "for mutations that of steps of one size. Usable sizes beyond those measured are read off the",
      "fitted line, and marked *. The ± is how far points lie off their line: the rate that was chosen",
      "and another chip can move the exponent of queries by more than that.",
      "",
      "Example:",
      "  bench/mortal scaling --quick --rules spsa,local-cross-entropy"
    })
public final class ScalingCommand implements Callable<Integer> {
  private static final int SIZES = 5;
  private static final int QUICK_SIZES = 3;

  @Mixin private CommonOptions common;

  @Option(
      names = "--rules",
      paramLabel = "A,B",
      split = ",",
      description = "Some of the rules; default: all that theory knows.")
  private List<String> rules;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = "sim:hfox?seed=1&rows=16&columns=128",
      description = "The address of a simulated chip; default: ${DEFAULT-VALUE}.")
  private String chip;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "1e9",
      description = "Queries that are still of use; default: ${DEFAULT-VALUE}.")
  private double budget;

  @Option(
      names = "--quick",
      description = "Three sizes instead of five, one student instead of five, few repeats.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of students and rules; default: ${DEFAULT-VALUE}.")
  private long seed;

  /// One rule.
  ///
  /// @param cosineExponent of the squared cosine in the size, beside that of theory, for the same sizes where it has numbers
  /// @param exponent of the queries in the size, null if fewer than two sizes got there
  /// @param theory that exponent by theory, for large sizes
  /// @param usableUpTo the size at which queries reach the budget, null if they never do
  /// @param extrapolated whether that size lies beyond those measured
  record Row(
      String rule,
      String dimension,
      List<Integer> sizes,
      List<Double> cosineSquares,
      double cosineExponent,
      double cosineStandardError,
      double cosineTheory,
      List<Double> queries,
      Double exponent,
      Double standardError,
      double theory,
      Double usableUpTo,
      boolean extrapolated,
      double rate) {

    static Row of(Line line, double budget) {
      PowerFit fit = line.queryFit();
      // A slope within its own error of 0 leads nowhere.
      boolean rises = fit != null && !(fit.exponent() < 2 * fit.standardError());
      double usable = rises ? fit.reaches(budget) : Double.POSITIVE_INFINITY;
      return new Row(
          line.subject().rule(),
          line.subject().swept().words(),
          line.sizes(),
          line.cosineSquares(),
          line.cosineFit().exponent(),
          line.cosineFit().standardError(),
          line.predicted().isEmpty() ? line.subject().cosineTheory() : predicted(line).exponent(),
          line.queries(),
          fit == null ? null : fit.exponent(),
          fit == null ? null : fit.standardError(),
          line.subject().queryTheory(),
          Double.isInfinite(usable) ? null : usable,
          usable > line.sizes().getLast(),
          line.rate());
    }

    private static PowerFit predicted(Line line) {
      return PowerFit.of(
          line.sizes().stream().mapToDouble(size -> size).toArray(),
          line.predicted().stream().mapToDouble(value -> value).toArray());
    }
  }

  record Result(List<Row> lines, double target, double budget, String run) {}

  @Override
  public Integer call() {
    List<Subject> subjects = subjects();
    if (!(budget > 0)) {
      throw common.wrong("--budget must be a positive number, not %s".formatted(budget));
    }
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    ScalingStudy.Settings settings =
        quick
            ? new ScalingStudy.Settings(chip, QUICK_SIZES, 40, 1, 600_000, 300_000, seed)
            : new ScalingStudy.Settings(chip, SIZES, 300, 5, 3_000_000, 300_000, seed);
    ScalingStudy study = new ScalingStudy(settings, kernels, common.chips());
    List<Line> lines = new ArrayList<>();
    long steps = (long) subjects.size() * settings.sizes();
    try (Progress progress = Progress.start("scaling", steps)) {
      subjects.forEach(subject -> lines.add(study.line(subject, progress::step)));
    }
    List<Row> rows = lines.stream().map(line -> Row.of(line, budget)).toList();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write("points.csv", points(lines));
    draw(folder, lines);
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(
        manifest
            .withRig(chip, null, kernels.products().description())
            .finished(seconds, Map.of("lines", rows), false));
    return common.finish(
        new Result(rows, ScalingStudy.TARGET, budget, folder.path().toString()),
        text(rows, folder));
  }

  private List<Subject> subjects() {
    List<Subject> all = Subject.all();
    if (rules == null) {
      return all;
    }
    List<String> known = all.stream().map(Subject::rule).toList();
    for (String rule : rules) {
      if (!known.contains(rule)) {
        throw common.wrong(
            "--rules: theory knows no scaling of '%s'; choose of %s"
                .formatted(rule, String.join(", ", known)));
      }
    }
    return all.stream().filter(subject -> rules.contains(subject.rule())).toList();
  }

  private static CsvTable points(List<Line> lines) {
    CsvTable table = new CsvTable("rule", "of", "size", "cosineSquared", "predicted", "queries");
    for (Line line : lines) {
      for (int i = 0; i < line.sizes().size(); i++) {
        table.add(
            line.subject().rule(),
            line.subject().swept().words(),
            line.sizes().get(i),
            line.cosineSquares().get(i),
            line.predicted().isEmpty() ? "" : line.predicted().get(i),
            line.queries().get(i));
      }
    }
    return table;
  }

  private static void draw(RunFolder folder, List<Line> lines) {
    List<Charts.Curve> cosines = new ArrayList<>();
    List<Charts.Curve> queries = new ArrayList<>();
    for (Line line : lines) {
      double[] sizes = line.sizes().stream().mapToDouble(size -> size).toArray();
      String name = line.subject().rule();
      add(cosines, name, sizes, line.cosineSquares(), line.cosineFit());
      add(queries, name, sizes, line.queries(), line.queryFit());
    }
    String size = "weights, neurons, or neurons of a group";
    Charts.powers(
        folder.file("cosine.png"), "One probe's squared cosine", size, "squared cosine", cosines);
    Charts.powers(
        folder.file("queries.png"), "Queries to an error of 10 %", size, "queries", queries);
  }

  private static void add(
      List<Charts.Curve> curves, String name, double[] sizes, List<Double> values, PowerFit fit) {
    double[] points = values.stream().mapToDouble(value -> value).toArray();
    curves.add(new Charts.Curve(name, sizes, points, false));
    if (fit != null) {
      double[] line = new double[sizes.length];
      for (int i = 0; i < line.length; i++) {
        line[i] = fit.at(sizes[i]);
      }
      curves.add(new Charts.Curve("%s: %.2f".formatted(name, fit.exponent()), sizes, line, true));
    }
  }

  private String text(List<Row> rows, RunFolder folder) {
    TextTable table =
        new TextTable(
            "rule",
            "size in",
            "sizes",
            "cos² exponent",
            "theory",
            "queries",
            "exponent",
            "theory",
            "usable up to");
    for (Row row : rows) {
      table.add(
          row.rule(),
          row.dimension(),
          row.sizes().getFirst() + ".." + row.sizes().getLast(),
          exponent(row.cosineExponent(), row.cosineStandardError()),
          "%.2f".formatted(row.cosineTheory()),
          "%.3g..%.3g".formatted(row.queries().getFirst(), row.queries().getLast()),
          row.exponent() == null ? "-" : exponent(row.exponent(), row.standardError()),
          "%.1f".formatted(row.theory()),
          usable(row));
    }
    return "students on %s, to an error of %.0f %%; usable: at most %.3g queries (* beyond what was measured)%n%n%s%nkept in %s%n"
        .formatted(chip, 100 * ScalingStudy.TARGET, budget, table, folder.path());
  }

  private static String exponent(double value, double error) {
    return "%.2f ± %.2f".formatted(value, error);
  }

  private static String usable(Row row) {
    if (row.exponent() == null) {
      return "not there";
    }
    return row.usableUpTo() == null
        ? "any size"
        : "%.2g%s".formatted(row.usableUpTo(), row.extrapolated() ? " *" : "");
  }
}
