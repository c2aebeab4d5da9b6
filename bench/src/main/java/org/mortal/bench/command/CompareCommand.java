package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.chip.ChipRange;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal compare`: rules side by side on the same chips, with software backprop as reference.
@Command(
    name = "compare",
    description = "Trains the same task by several rules on several chips.",
    footer = {
      "",
      "Example:",
      "  bench/mortal compare --rules local-cross-entropy,spsa --chips 'sim:hfox?seed=1..5'"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final String REFERENCE = "backprop";
  private static final int STEPS = 1000;

  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rules",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "local-cross-entropy,forward-forward,spsa",
      description = "Rules; backprop is added; default: ${DEFAULT-VALUE}.")
  private List<String> rules;

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      defaultValue = "sim:hfox?seed=1..3",
      description = "An address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String chips;

  /// One rule on all chips.
  ///
  /// @param median of the test errors, a fraction; iqr and worst likewise
  /// @param queries vectors sent through tiles for each example, median
  /// @param cellWrites median
  /// @param energyJoules median
  /// @param seconds median
  /// @param errors one for each chip
  record Row(
      String rule,
      int chips,
      double median,
      double iqr,
      double worst,
      double queries,
      double cellWrites,
      double energyJoules,
      double seconds,
      List<Double> errors) {
    static Row of(String rule, List<TrainingRun.Figures> all) {
      double[] errors = all.stream().mapToDouble(TrainingRun.Figures::testError).toArray();
      return new Row(
          rule,
          all.size(),
          Quantiles.of(errors, 0.5),
          Quantiles.of(errors, 0.75) - Quantiles.of(errors, 0.25),
          Quantiles.of(errors, 1),
          median(all, TrainingRun.Figures::queriesPerSample),
          median(all, figures -> figures.cellWrites()),
          median(all, TrainingRun.Figures::energyJoules),
          median(all, TrainingRun.Figures::seconds),
          all.stream().map(TrainingRun.Figures::testError).toList());
    }

    private static double median(
        List<TrainingRun.Figures> all,
        java.util.function.ToDoubleFunction<TrainingRun.Figures> figure) {
      return Quantiles.of(all.stream().mapToDouble(figure).toArray(), 0.5);
    }
  }

  record Result(List<Row> rows, boolean interrupted, String run) {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> arguments = Arguments.of(common.spec());
    List<String> all = new ArrayList<>(rules);
    if (!all.contains(REFERENCE)) {
      all.add(REFERENCE);
    }
    List<String> addresses;
    TrainingJob first;
    try {
      addresses = ChipRange.expand(chips);
      first = options.job(arguments, all.getFirst(), addresses.getFirst());
      all.forEach(name -> first.withRule(name).makeRule());
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    // The last one should not be missed only when its turn comes.
    addresses.forEach(address -> common.chips().open(address, kernels).close());
    Task task = first.loadTask();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    RunManifest manifest =
        RunManifest.start(common.command(), arguments)
            .withSeed(first.seed())
            .withRig(chips, null, kernels.products().description());
    folder.write(manifest.finished(0, Map.of(), true));
    List<TrainingJob> jobs = all.stream().map(first::withRule).toList();
    return common.interruptible(
        interruption -> run(jobs, addresses, task, kernels, folder, manifest, interruption));
  }

  private int run(
      List<TrainingJob> jobs,
      List<String> addresses,
      Task task,
      Kernels kernels,
      RunFolder folder,
      RunManifest manifest,
      Interruption interruption) {
    long started = System.nanoTime();
    List<Row> rows = new ArrayList<>();
    Attempts attempts = new Attempts();
    long steps = (long) STEPS * jobs.size() * addresses.size();
    try (Progress progress = Progress.start("comparing", steps)) {
      for (TrainingJob job : jobs) {
        Row row = runRule(job, addresses, task, kernels, progress, interruption);
        if (row != null) {
          rows.add(row);
          attempts.run(() -> folder.write("rows.csv", table(rows)));
        }
      }
    }
    boolean interrupted = interruption.requested();
    double seconds = (System.nanoTime() - started) / 1e9;
    attempts.run(() -> folder.write(manifest.finished(seconds, Map.of("rows", rows), interrupted)));
    Result result = new Result(rows, interrupted, folder.path().toString());
    int code = common.finish(result, text(task, rows, folder));
    attempts.finish();
    return code;
  }

  /// One rule on every chip; the seed of training goes up with each, so that no chip shares another's luck. Chips that
  /// were not finished when Ctrl-C came are left out.
  private Row runRule(
      TrainingJob job,
      List<String> addresses,
      Task task,
      Kernels kernels,
      Progress progress,
      Interruption interruption) {
    List<TrainingRun.Figures> figures = new ArrayList<>();
    for (int i = 0; i < addresses.size() && !interruption.requested(); i++) {
      TrainingJob one = job.withChip(addresses.get(i), job.seed() + i);
      try (TrainingRun run = new TrainingRun(one, task, kernels, common.chips())) {
        String where = one.rule() + ", chip " + (i + 1);
        TrainingRun.Figures figure = run.train(listener(progress, where), interruption::requested);
        if (!run.result().interrupted()) {
          figures.add(figure);
        }
      }
    }
    return figures.isEmpty() ? null : Row.of(job.rule(), figures);
  }

  private static Trainer.Listener listener(Progress progress, String where) {
    return new Trainer.Listener() {
      private long before;

      @Override
      public void step(long step, double done) {
        long now = Math.round(done * STEPS);
        for (; before < now; before++) {
          progress.step();
        }
      }

      @Override
      public void epoch(Trainer.Epoch epoch) {
        progress.message(
            "%s: validation error %.2f %%".formatted(where, 100 * epoch.validationError()));
      }
    };
  }

  private static CsvTable table(List<Row> rows) {
    CsvTable table =
        new CsvTable(
            "rule",
            "chips",
            "median",
            "iqr",
            "worst",
            "queries",
            "cellWrites",
            "energyJoules",
            "seconds");
    for (Row row : rows) {
      table.add(
          row.rule(),
          row.chips(),
          row.median(),
          row.iqr(),
          row.worst(),
          row.queries(),
          row.cellWrites(),
          row.energyJoules(),
          row.seconds());
    }
    return table;
  }

  private String text(Task task, List<Row> rows, RunFolder folder) {
    TextTable table =
        new TextTable(
            "rule",
            "chips",
            "median",
            "iqr",
            "worst",
            "queries/example",
            "cell writes",
            "energy",
            "time");
    for (Row row : rows) {
      table.add(
          row.rule(),
          String.valueOf(row.chips()),
          percent(row.median()),
          percent(row.iqr()),
          percent(row.worst()),
          "%.2f".formatted(row.queries()),
          Units.format(row.cellWrites()),
          Units.format(row.energyJoules(), "J"),
          "%.1f s".formatted(row.seconds()));
    }
    return "test error on %s, chips %s; backprop is exact software%n%n%s%nkept in %s%n"
        .formatted(task.name(), chips, table, folder.path());
  }

  private static String percent(double share) {
    return "%.2f %%".formatted(100 * share);
  }
}
