package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mortal.bench.compare.Comparison;
import org.mortal.bench.compare.ComparisonJob;
import org.mortal.bench.compare.ComparisonReport;
import org.mortal.bench.compare.ComparisonText;
import org.mortal.bench.compare.Pair;
import org.mortal.bench.compare.RuleRow;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.compare.Trial;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.RunException;
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

/// `mortal compare`: rules side by side on the same chips, with software backprop as reference.
@Command(
    name = "compare",
    description = "Trains the same task by several rules on several chips.",
    footer = {
      "",
      "Example:",
      "  bench/mortal compare --rules local-cross-entropy,spsa --chips 'sim:hfox?seed=1..5'",
      "",
      "Tuning: trial 0 is the rule's own recipe. The others draw --rate and --head-rate within a",
      "factor of 4 of the rule's own (log-uniform), --dropout from 0,0  0,0.2  0.1,0.2  0.2,0.35",
      "0.2,0.5, --smoothing from 0 to 0.2 and --centred either way, the same draws for every rule.",
      "What the call gives is not drawn. The best by mean validation error on the chips of --tune-chips",
      "is trained on all chips.",
      "",
      "Ctrl-C ends with the table of what is done; --resume RUNFOLDER goes on."
    })
public final class CompareCommand implements Callable<Integer> {
  /// What going on takes from its own call, since it is about this place and not about the run.
  private static final Set<String> HERE =
      Set.of("--threads", "--side-by-side", "--runs", "--resume");

  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rules",
      paramLabel = "A,B",
      split = ",",
      completionCandidates = TrainingOptions.RuleNames.class,
      defaultValue = "local-cross-entropy,forward-forward,spsa",
      description =
          "Rules, or all: ${COMPLETION-CANDIDATES} or classes of yours; backprop is added;"
              + " default: ${DEFAULT-VALUE}.")
  private List<String> rules;

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      defaultValue = "sim:hfox?seed=1..3",
      description = "An address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String chips;

  @Option(
      names = "--no-reference",
      description = "Leave out backprop in exact software unless it is among the rules.")
  private boolean noReference;

  @Option(
      names = "--tune",
      paramLabel = "N",
      description = "Trials to tune every rule by, backprop too; default: recipes as they are.")
  private String tune;

  @Option(
      names = "--tune-epochs",
      paramLabel = "E",
      description = "Passes over the training examples in a trial; default: as in the comparison.")
  private String tuneEpochs;

  @Option(
      names = "--tune-chips",
      paramLabel = "CHIPS",
      description =
          "Where trials run; default: three simulated chips like --chips, with other seeds.")
  private String tuneChips;

  @Option(
      names = "--side-by-side",
      description =
          "Train as many chips at a time as there are threads; the whole takes less time, each chip more.")
  private boolean sideBySide;

  @Option(
      names = "--resume",
      paramLabel = "RUNFOLDER",
      description = "Go on with this comparison where it stopped.")
  private Path resume;

  /// @param tuned the trial that each rule was tuned to; empty without tuning
  record Result(
      List<RuleRow> rows,
      List<Pair> pairs,
      Collection<Trial> tuned,
      boolean interrupted,
      String run) {}

  @Override
  public Integer call() throws Exception {
    RunManifest earlier =
        resume == null ? null : RunManifest.read(resume.resolve(RunFolder.MANIFEST));
    Map<String, String> arguments =
        earlier == null
            ? Arguments.of(common.spec())
            : Arguments.ofEarlier(earlier, common, "--resume", HERE);
    ComparisonJob asked;
    try {
      asked = ComparisonJob.of(arguments);
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    common.requireChips(asked.chips(), kernels);
    Task task = asked.jobs().getFirst().loadTask();
    ComparisonJob job = asked.on(task);
    RunManifest now =
        RunManifest.start(common.command(), arguments)
            .withSeed(job.jobs().getFirst().seed())
            .withRig(arguments.get("--chips"), null, kernels.products().description());
    requireSameSources(earlier, now);
    RunFolder folder =
        earlier == null
            ? RunFolder.create(common.runs(), common.command())
            : common.runs().at(resume);
    RunManifest manifest = earlier == null ? now : earlier;
    folder.write(manifest.finished(manifest.seconds(), manifest.results(), true));
    return common.interruptible(
        interruption -> run(job, task, kernels, folder, manifest, interruption));
  }

  /// Runs of different programs are not compared.
  private void requireSameSources(RunManifest earlier, RunManifest now) {
    if (earlier != null && earlier.commit() != null && !earlier.commit().equals(now.commit())) {
      throw new RunException(
          "%s was begun with commit %s, and this is %s: check that out, or begin anew"
              .formatted(resume, earlier.commit(), now.commit()),
          null);
    }
  }

  private int run(
      ComparisonJob job,
      Task task,
      Kernels kernels,
      RunFolder folder,
      RunManifest manifest,
      Interruption interruption) {
    long started = System.nanoTime();
    Comparison comparison = new Comparison(job, folder);
    ComparisonReport report =
        new ComparisonReport(folder, "Rules on %s".formatted(job.jobs().getFirst().task()));
    Attempts attempts = new Attempts();
    Map<String, Trial> tuned;
    Runnable save =
        () -> {
          double seconds = manifest.seconds() + (System.nanoTime() - started) / 1e9;
          Map<String, ?> results = Map.of("rows", comparison.rows(), "pairs", comparison.pairs());
          boolean early = comparison.missing() > 0;
          folder.write(manifest.finished(seconds, results, early));
          report.writeTables(comparison.rows(), comparison.pairs());
        };
    try (Progress progress =
        Progress.start("comparing", (long) Trainings.STEPS * comparison.missing())) {
      Trainings trainings =
          new Trainings(kernels, sideBySide, common.chips(), progress, interruption::requested);
      tuned = comparison.run(task, trainings, attempts, save);
    }
    attempts.run(save);
    List<RuleRow> rows = comparison.rows();
    String heading = job.heading(manifest.arguments().get("--chips"));
    String text = new ComparisonText(heading, job.recipes(), tuned).of(rows, comparison.pairs());
    if (!rows.isEmpty()) {
      report.draw(comparison.runs(), text, attempts);
    }
    String path = folder.path().toString();
    boolean interrupted = interruption.requested();
    int code =
        common.finish(
            new Result(rows, comparison.pairs(), tuned.values(), interrupted, path),
            "%s%nkept in %s%n".formatted(text, path));
    attempts.finish();
    return code;
  }
}
