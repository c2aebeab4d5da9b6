package org.mortal.bench.command;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.DigitalReference;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.Rig;
import org.mortal.bench.train.RunReport;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal train`: the main job.
@Command(
    name = "train",
    description = "Trains a network through a chip and tests it.",
    footer = {
      "",
      "Example:",
      "  bench/mortal train --task digits --rule local-cross-entropy --chip 'sim:hfox?seed=1'",
      "",
      "Ctrl-C ends training at its next step; what was learned so far is tested and saved.",
      "A rule of your own is named by its class, for example --rule my.lab.MyRule, and found on",
      "MORTAL_CLASSPATH."
    })
public final class TrainCommand implements Callable<Integer> {
  private static final int STEPS = 1000;

  /// What a repeat takes from its own call, since it is about this place and not about the run.
  private static final Set<String> HERE = Set.of("--threads", "--runs", "--manifest");

  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "local-cross-entropy",
      completionCandidates = TrainingOptions.RuleNames.class,
      description = "${COMPLETION-CANDIDATES} or a class of yours; default: ${DEFAULT-VALUE}.")
  private String rule;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description =
          "Its address, exact for exact arithmetic without a chip, or resistors for a circuit that"
              + " settles as a whole, for coupled-learning; default: ${DEFAULT-VALUE}.")
  private String chip;

  @Option(
      names = "--copy-to",
      paramLabel = "CHIP",
      description = "Write the trained weights to this chip too and test it there.")
  private String copyTo;

  @Option(
      names = "--manifest",
      paramLabel = "F",
      description = "Repeat the run of this manifest.json, and say whether its figures came again.")
  private Path manifest;

  /// @param figures what else the test told, each under its own key
  /// @param digitalJoules what digital hardware takes for the same multiplications, by a published figure
  /// @param copied test error on the chip of --copy-to, or null
  /// @param repeated whether the figures of the manifest came again, or null
  record Result(
      double testError,
      @JsonAnyGetter Map<String, Double> figures,
      double validationError,
      long deviceQueries,
      double queriesPerSample,
      long cellWrites,
      double energyJoules,
      double digitalJoules,
      double seconds,
      Double copied,
      Boolean repeated,
      boolean interrupted,
      String run) {}

  @Override
  public Integer call() throws Exception {
    RunManifest earlier = manifest == null ? null : RunManifest.read(manifest);
    Map<String, String> arguments =
        earlier == null
            ? Arguments.of(common.spec())
            : Arguments.ofEarlier(earlier, common, "--manifest", HERE);
    TrainingJob job;
    try {
      job = TrainingJob.of(arguments);
      job.makeRule();
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    Task task = job.loadTask();
    return common.interruptible(
        interruption -> run(job, task, kernels, arguments, earlier, interruption));
  }

  private int run(
      TrainingJob job,
      Task task,
      Kernels kernels,
      Map<String, String> arguments,
      RunManifest earlier,
      Interruption interruption) {
    String copyAddress = arguments.get("--copy-to");
    try (TrainingRun run = new TrainingRun(job, task, kernels, common.chips());
        Rig other = copyAddress == null ? null : run.onChip(copyAddress)) {
      RunManifest running =
          RunManifest.start(common.command(), arguments)
              .withSeed(job.seed())
              .withRig(job.chip(), run.rig().chipId(), kernels.products().description());
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      folder.write(running.finished(0, Map.of(), true));
      long started = System.nanoTime();
      Attempts attempts = new Attempts();
      TrainingRun.Figures figures = train(run, folder, attempts, interruption);
      boolean interrupted = run.result().interrupted();
      Double copied = other == null || interrupted ? null : copy(run, other, attempts);
      Map<String, Object> results = results(figures, copied);
      double seconds = (System.nanoTime() - started) / 1e9;
      attempts.run(() -> folder.write(running.finished(seconds, results, interrupted)));
      RunReport.write(folder, run, title(job, run, figures), attempts);
      Result result =
          new Result(
              figures.testError(),
              run.result().test().figures(),
              figures.validationError(),
              figures.deviceQueries(),
              figures.queriesPerSample(),
              figures.cellWrites(),
              figures.energyJoules(),
              figures.digitalJoules(),
              figures.seconds(),
              copied,
              earlier == null || interrupted ? null : isRepeat(earlier.results(), results),
              interrupted,
              folder.path().toString());
      int code = common.finish(result, text(job, run, figures, result, copyAddress));
      attempts.finish();
      return code;
    }
  }

  private static Double copy(TrainingRun run, Rig other, Attempts attempts) {
    Double[] copied = new Double[1];
    attempts.run(() -> copied[0] = run.copyTo(other));
    return copied[0];
  }

  private TrainingRun.Figures train(
      TrainingRun run, RunFolder folder, Attempts attempts, Interruption interruption) {
    List<Trainer.Epoch> epochs = new ArrayList<>();
    try (Progress progress = Progress.start("training", STEPS)) {
      return run.train(
          new Trainer.Listener() {
            @Override
            public void step(long step, double done) {
              progress.stepTo(Math.round(done * STEPS));
            }

            @Override
            public void epoch(Trainer.Epoch epoch) {
              progress.message("validation error %.2f %%".formatted(100 * epoch.validationError()));
              epochs.add(epoch);
              attempts.run(() -> RunReport.writeCurve(folder, epochs));
            }
          },
          interruption::requested);
    }
  }

  /// The figures that do not depend on how fast the machine is come first: they are what a repeat is held to.
  private static Map<String, Object> results(TrainingRun.Figures figures, Double copied) {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("testError", figures.testError());
    results.put("validationError", figures.validationError());
    results.put("deviceQueries", figures.deviceQueries());
    results.put("queriesPerSample", figures.queriesPerSample());
    results.put("cellWrites", figures.cellWrites());
    results.put("energyJoules", figures.energyJoules());
    results.put("chipSeconds", figures.chipSeconds());
    if (copied != null) {
      results.put("copied", copied);
    }
    results.put("seconds", figures.seconds());
    return results;
  }

  private static boolean isRepeat(Map<String, Object> earlier, Map<String, Object> now) {
    for (Map.Entry<String, Object> figure : now.entrySet()) {
      boolean same =
          earlier.get(figure.getKey()) instanceof Number before
              && before.doubleValue() == ((Number) figure.getValue()).doubleValue();
      if (!same && !figure.getKey().equals("seconds")) {
        return false;
      }
    }
    return true;
  }

  private static String title(TrainingJob job, TrainingRun run, TrainingRun.Figures figures) {
    return "%s by %s on %s: test error %.2f %%"
        .formatted(job.task(), run.rule().name(), run.rig().chipId(), 100 * figures.testError());
  }

  /// `meanReturn` as "mean return".
  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String text(
      TrainingJob job,
      TrainingRun run,
      TrainingRun.Figures figures,
      Result result,
      String copyAddress) {
    StringBuilder text = new StringBuilder();
    if (result.interrupted()) {
      text.append(
          "interrupted after %.2f epochs: tested and saved as it was%n"
              .formatted(run.result().epochs().getLast().number()));
    }
    text.append(
        "%s by %s on %s, seed %d%n"
            .formatted(job.task(), run.rule().name(), run.rig().chipId(), job.seed()));
    text.append("test error        %.2f %%%n".formatted(100 * figures.testError()));
    result
        .figures()
        .forEach((name, value) -> text.append("%-17s %.4g%n".formatted(words(name), value)));
    text.append(
        """
        validation error  %.2f %%
        device queries    %s (%.3f an example)
        cell writes       %s
        chip energy       %s
        digital energy    %s for the same multiplications (%s; measure mvm names sources)
        chip time         %s
        training time     %.1f s
        """
            .formatted(
                100 * figures.validationError(),
                Units.format(figures.deviceQueries()),
                figures.queriesPerSample(),
                Units.format(figures.cellWrites()),
                Units.format(figures.energyJoules(), "J"),
                Units.format(figures.digitalJoules(), "J"),
                DigitalReference.INT8_SRAM.name(),
                Units.format(figures.chipSeconds(), "s"),
                figures.seconds()));
    if (result.copied() != null) {
      text.append(
          "copied            %.2f %% on %s%n".formatted(100 * result.copied(), copyAddress));
    }
    if (result.repeated() != null) {
      text.append(
          result.repeated()
              ? "the figures of the manifest came again\n"
              : "the figures of the manifest did NOT come again\n");
    }
    return text.append("kept in ").append(result.run()).append('\n').toString();
  }
}
