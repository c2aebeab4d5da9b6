package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.RuleBenchmark;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.TrainingJob;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure rules`: what an epoch of training costs beside its bare matrix products.
@Command(
    name = "rules",
    description = "Times training epochs against the bare matrix products they need.",
    footer = {
      "",
      "Example:",
      "  bench/mortal measure rules --task mnist --data mnist --layers 784,512,512,10"
    })
public final class MeasureRulesCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rules",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "local-cross-entropy",
      description = "Rules; default: ${DEFAULT-VALUE}.")
  private List<String> rules;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String chip;

  record Result(List<RuleBenchmark.Row> rows, String kernels, String run) {}

  @Override
  public Integer call() {
    Map<String, String> arguments = Arguments.of(common.spec());
    arguments.putIfAbsent("--epochs", "3");
    if (arguments.containsKey("--queries")) {
      throw common.wrong("measure rules times whole epochs: give --epochs, not --queries");
    }
    List<TrainingJob> jobs = new ArrayList<>();
    try {
      for (String rule : rules) {
        TrainingJob job = options.job(arguments, rule, chip);
        job.makeRule();
        jobs.add(job);
      }
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    if (jobs.getFirst().budget() instanceof Trainer.Budget.Epochs(double count) && count < 2) {
      throw common.wrong(
          "--epochs must be at least 2 here, not %s: the first is not counted"
              .formatted(arguments.get("--epochs")));
    }
    RunManifest manifest =
        RunManifest.start(common.command(), arguments).withSeed(jobs.getFirst().seed());
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    Task task = jobs.getFirst().loadTask();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    List<RuleBenchmark.Row> rows = new ArrayList<>();
    for (TrainingJob job : jobs) {
      rows.add(new RuleBenchmark(kernels).run(job, task));
    }
    CsvTable table = new CsvTable("rule", "chip", "epochSeconds", "bareSeconds", "ratio");
    TextTable text = new TextTable("rule", "chip", "epoch s", "bare s", "ratio");
    for (RuleBenchmark.Row row : rows) {
      table.add(row.rule(), row.chip(), row.epochSeconds(), row.bareSeconds(), row.ratio());
      text.add(
          row.rule(),
          row.chip(),
          "%.3f".formatted(row.epochSeconds()),
          "%.3f".formatted(row.bareSeconds()),
          "%.2f".formatted(row.ratio()));
    }
    folder.write("rows.csv", table);
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(
        manifest
            .withRig(chip, null, kernels.products().description())
            .finished(seconds, Map.of("rows", rows), false));
    return common.finish(
        new Result(rows, kernels.products().description(), folder.path().toString()),
        "an epoch of %s beside its bare products, by %s%n%n%s%nkept in %s%n"
            .formatted(task.name(), kernels.products().description(), text, folder.path()));
  }
}
