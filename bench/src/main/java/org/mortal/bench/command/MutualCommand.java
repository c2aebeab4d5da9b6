package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.report.ErrorCharts;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.JobException;
import org.mortal.bench.transfer.Arm;
import org.mortal.bench.transfer.MutualJob;
import org.mortal.bench.transfer.SideBySide;
import org.mortal.kernel.Kernels;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal mutual`: chips that learn together.
@Command(
    name = "mutual",
    description =
        "Several chips learn the same task, each also from what the others answer to the same"
            + " batches.",
    footer = {
      "",
      "Beside them: the same chips each alone, and as many exact digital copies of one network that",
      "take the mean of their weights after each epoch, which chips cannot. An ensemble answers by",
      "the mean of all probabilities. Bits are what each sends to the others, 32 for a number.",
      "",
      "Example:",
      "  bench/mortal mutual --chips 'sim:hfox-harsh?seed=1..4' --task digits --epochs 10",
      "",
      "Ctrl-C ends with the table of what is done."
    })
public final class MutualCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "local-cross-entropy",
      completionCandidates = TrainingOptions.RuleNames.class,
      description = "One that learns from targets; default: ${DEFAULT-VALUE}.")
  private String rule;

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      defaultValue = "sim:hfox?seed=1..4",
      description = "An address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String chips;

  @Option(
      names = "--share",
      paramLabel = "S",
      defaultValue = "0.5",
      description =
          "Of the others' answers in a target, the label has the rest; default: ${DEFAULT-VALUE}.")
  private String share;

  /// One arm.
  record Row(
      String way,
      List<Double> errors,
      double median,
      double worst,
      double ensemble,
      List<Double> validationErrors,
      long queries,
      long bits) {
    static Row of(Arm arm) {
      return new Row(
          arm.way().words(),
          arm.errors(),
          arm.median(),
          arm.worst(),
          arm.ensemble(),
          arm.validationErrors(),
          arm.queries(),
          arm.bits());
    }
  }

  record Result(List<Row> rows, boolean interrupted, String run) {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> arguments = Arguments.of(common.spec());
    MutualJob job;
    try {
      job = MutualJob.of(arguments);
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    common.requireChips(job.chips(), kernels);
    Task task = job.training().loadLabelledTask();
    return common.interruptible(interruption -> run(job, task, kernels, arguments, interruption));
  }

  private int run(
      MutualJob job,
      Task task,
      Kernels kernels,
      Map<String, String> arguments,
      Interruption interruption) {
    long started = System.nanoTime();
    RunManifest running =
        RunManifest.start(common.command(), arguments)
            .withSeed(job.training().seed())
            .withRig(arguments.get("--chips"), null, kernels.products().description());
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(running.finished(0, Map.of(), true));
    List<Arm> arms = new ArrayList<>();
    Attempts attempts = new Attempts();
    long steps = (long) Arm.Way.values().length * job.chips().size() * Trainings.STEPS;
    try (Progress progress = Progress.start("learning together", steps)) {
      SideBySide sideBySide =
          new SideBySide(job, task, kernels, common.chips(), progress, interruption::requested);
      for (Arm.Way way : Arm.Way.values()) {
        attempts.run(() -> sideBySide.train(way).ifPresent(arms::add));
        attempts.run(() -> folder.write("arms.csv", table(arms)));
      }
    }
    List<Row> rows = arms.stream().map(Row::of).toList();
    double seconds = (System.nanoTime() - started) / 1e9;
    boolean interrupted = interruption.requested();
    attempts.run(() -> folder.write(running.finished(seconds, Map.of("rows", rows), interrupted)));
    attempts.run(() -> draw(folder, job, arms));
    int code =
        common.finish(
            new Result(rows, interrupted, folder.path().toString()), text(job, rows, folder));
    attempts.finish();
    return code;
  }

  private static CsvTable table(List<Arm> arms) {
    CsvTable table = new CsvTable("way", "network", "testError", "validationError");
    for (Arm arm : arms) {
      for (int i = 0; i < arm.errors().size(); i++) {
        table.add(arm.way().words(), i + 1, arm.errors().get(i), arm.validationErrors().get(i));
      }
    }
    return table;
  }

  private static void draw(RunFolder folder, MutualJob job, List<Arm> arms) {
    if (arms.isEmpty()) {
      return;
    }
    List<ErrorCharts.Dots> dots = new ArrayList<>();
    for (Arm arm : arms) {
      double[] percent = arm.errors().stream().mapToDouble(error -> 100 * error).toArray();
      dots.add(new ErrorCharts.Dots(arm.way().words(), percent));
      dots.add(
          new ErrorCharts.Dots(
              arm.way().words() + ", ensemble", new double[] {100 * arm.ensemble()}));
    }
    String title = "%s learned side by side".formatted(job.training().task());
    ErrorCharts.dots(folder.file("errors.png"), title, dots);
  }

  private static String text(MutualJob job, List<Row> rows, RunFolder folder) {
    TextTable table =
        new TextTable("way", "median", "worst", "ensemble", "queries each", "bits each");
    for (Row row : rows) {
      table.add(
          row.way(),
          Units.percent(row.median()),
          Units.percent(row.worst()),
          Units.percent(row.ensemble()),
          Units.format(row.queries()),
          Units.format(row.bits()));
    }
    return "%s by %s on %d chips: test errors%n%n%s%nkept in %s%n"
        .formatted(
            job.training().task(), job.training().rule(), job.chips().size(), table, folder.path());
  }
}
