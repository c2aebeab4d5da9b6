package org.mortal.bench.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.noise.NoiseJob;
import org.mortal.bench.noise.NoiseReport;
import org.mortal.bench.noise.NoiseReport.Spot;
import org.mortal.bench.noise.NoiseStudy;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.JobException;
import org.mortal.kernel.Kernels;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal noise`: read noise as a regulariser.
@Command(
    name = "noise",
    description = "Trains chips at several levels of read noise, and tests each at every level.",
    footer = {
      "",
      "A level is a multiple of the profile's white noise of cells and amplifiers; 0 is none. Between",
      "training and a test nothing but the noise changes: cells stay as they were written.",
      "--dropout 0,0 shows what noise does where nothing else keeps from overfitting.",
      "",
      "Example:",
      "  bench/mortal noise --chips 'sim:hfox?seed=1..3' --levels 0,1,2,4,8 --epochs 10",
      "",
      "Ctrl-C ends with the table of what is done."
    })
public final class NoiseCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "local-cross-entropy",
      completionCandidates = TrainingOptions.RuleNames.class,
      description = "Any that train knows and that runs on chips; default: ${DEFAULT-VALUE}.")
  private String rule;

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Simulated chips, an address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String chips;

  @Option(
      names = "--levels",
      paramLabel = "A,B",
      defaultValue = "0,1,2,4,8",
      description = "Multiples of the profile's read noise; default: ${DEFAULT-VALUE}.")
  private String levels;

  /// Medians over chips, and every chip.
  record Result(List<Spot> rows, List<NoiseStudy.Row> chips, boolean interrupted, String run) {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> arguments = Arguments.of(common.spec());
    NoiseJob job;
    try {
      job = NoiseJob.of(arguments);
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    common.requireChips(job.chips(), kernels);
    Task task = job.training().loadTask();
    return common.interruptible(interruption -> run(job, task, kernels, arguments, interruption));
  }

  private int run(
      NoiseJob job,
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
    NoiseStudy study = new NoiseStudy(job, task, kernels, common.chips());
    Attempts attempts = new Attempts();
    try (Progress progress = Progress.start("noise", (long) job.trainings() * Trainings.STEPS)) {
      Runnable save = () -> attempts.run(() -> NoiseReport.writeTable(folder, study.rows()));
      attempts.run(() -> study.run(progress, interruption::requested, save));
    }
    NoiseReport report = new NoiseReport(job.levels(), study.rows());
    List<Spot> spots = report.spots();
    boolean interrupted = interruption.requested();
    double seconds = (System.nanoTime() - started) / 1e9;
    attempts.run(() -> folder.write(running.finished(seconds, Map.of("rows", spots), interrupted)));
    String title =
        "%s on %s, by read noise".formatted(job.training().task(), arguments.get("--chips"));
    attempts.run(() -> report.draw(folder, title));
    int code =
        common.finish(
            new Result(spots, study.rows(), interrupted, folder.path().toString()),
            "%s: test errors, median of %d chips%n%n%s%nkept in %s%n"
                .formatted(title, job.chips().size(), report.text(), folder.path()));
    attempts.finish();
    return code;
  }
}
