package org.mortal.bench.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.TrainingRun;
import org.mortal.bench.transfer.Bits;
import org.mortal.bench.transfer.Inheritance;
import org.mortal.bench.transfer.Row;
import org.mortal.bench.transfer.TransferJob;
import org.mortal.bench.transfer.TransferReport;
import org.mortal.bench.transfer.TransferReport.Summary;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal transfer`: what one chip has learned, on others.
@Command(
    name = "transfer",
    description =
        "Trains one chip and hands on what it has learned: weights copied, then distilled from"
            + " unlabelled examples.",
    footer = {
      "",
      "matched: each layer of the copy learns to be as active as at home, on its own inputs.",
      "soft-targets: the copy learns by the rule of home, home's probabilities in place of labels.",
      "-afresh: the same from first weights of the heir's own.",
      "The transfer set is the first training examples without their labels; both sides have them, so",
      "bits are those of home's answers and of copied weights.",
      "",
      "Example:",
      "  bench/mortal transfer --from 'sim:hfox-harsh?seed=1' --to 'sim:hfox-harsh?seed=2..4'",
      "",
      "Ctrl-C ends with the table of what is done."
    })
public final class TransferCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "local-cross-entropy",
      completionCandidates = TrainingOptions.RuleNames.class,
      description = "Rule of home: any that train knows; default: ${DEFAULT-VALUE}.")
  private String rule;

  @Option(
      names = "--from",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Home, where it is learned; default: ${DEFAULT-VALUE}.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "CHIPS",
      defaultValue = "sim:hfox?seed=2..4",
      description = "The heirs, an address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String to;

  @Option(
      names = "--ways",
      paramLabel = "A,B",
      defaultValue = "matched,soft-targets-afresh",
      description =
          "matched, matched-afresh, soft-targets, soft-targets-afresh; default: ${DEFAULT-VALUE}.")
  private String ways;

  @Option(
      names = "--examples",
      paramLabel = "N,M",
      defaultValue = "100,300,1000",
      description = "Sizes of the transfer set; default: ${DEFAULT-VALUE}.")
  private String examples;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Steps that an heir learns, whatever the size; default: ${DEFAULT-VALUE}.")
  private String steps;

  @Option(
      names = "--transfer-batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Examples a step of an heir; default: ${DEFAULT-VALUE}.")
  private String transferBatch;

  @Option(
      names = "--match-rate",
      paramLabel = "R",
      description = "Rate of layer matching at the start; default: its own.")
  private String matchRate;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "That logits of soft targets are divided by; default: ${DEFAULT-VALUE}.")
  private String temperature;

  @Option(
      names = "--bits",
      paramLabel = "B",
      defaultValue = "8",
      description = "Of each number that home sends, 1 to 16; default: ${DEFAULT-VALUE}.")
  private String bits;

  /// Errors are medians over chips; what is not there is null.
  ///
  /// @param home test error of the chip that was trained
  /// @param distilled by the first way from the largest transfer set
  /// @param copyBits that all weights take
  record Result(
      double home,
      Double copied,
      Double distilled,
      Double worstCopied,
      Double worstDistilled,
      Bits copyBits,
      List<Summary> summaries,
      List<Row> rows,
      boolean interrupted,
      String run) {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> arguments = Arguments.of(common.spec());
    TransferJob job;
    try {
      job = TransferJob.of(arguments);
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
    Kernels kernels = common.kernels();
    common.requireChips(job.heirs(), kernels);
    Task task = job.loadTask();
    return common.interruptible(interruption -> run(job, task, kernels, arguments, interruption));
  }

  private int run(
      TransferJob job,
      Task task,
      Kernels kernels,
      Map<String, String> arguments,
      Interruption interruption) {
    long started = System.nanoTime();
    try (TrainingRun home = new TrainingRun(job.home(), task, kernels, common.chips())) {
      RunManifest running =
          RunManifest.start(common.command(), arguments)
              .withSeed(job.home().seed())
              .withRig(job.home().chip(), home.rig().chipId(), kernels.products().description());
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      folder.write(running.finished(0, Map.of(), true));
      Inheritance inheritance = new Inheritance(job, task, home);
      Attempts attempts = new Attempts();
      long steps = (1L + Inheritance.size(job)) * Trainings.STEPS;
      double homeError;
      try (Progress progress = Progress.start("transfer", steps)) {
        homeError = home.train(listener(progress), interruption::requested).testError();
        TransferReport.writeTable(folder, inheritance.rows());
        Runnable save =
            () -> attempts.run(() -> TransferReport.writeTable(folder, inheritance.rows()));
        attempts.run(() -> inheritance.run(progress, interruption::requested, save));
      }
      TransferReport report = new TransferReport(homeError, inheritance.rows());
      Result result = result(job, report, inheritance, interruption.requested(), folder);
      double seconds = (System.nanoTime() - started) / 1e9;
      attempts.run(
          () -> folder.write(running.finished(seconds, figures(result), result.interrupted())));
      String title = "%s inherited from %s".formatted(job.home().task(), job.home().chip());
      attempts.run(() -> report.draw(folder, title));
      int code = common.finish(result, text(job, report, result));
      attempts.finish();
      return code;
    }
  }

  private static Trainer.Listener listener(Progress progress) {
    return new Trainer.Listener() {
      @Override
      public void step(long step, double done) {
        progress.stepTo(Math.round(done * Trainings.STEPS));
      }

      @Override
      public void epoch(Trainer.Epoch epoch) {
        progress.message("home: validation error %.2f %%".formatted(100 * epoch.validationError()));
      }
    };
  }

  private static Result result(
      TransferJob job,
      TransferReport report,
      Inheritance inheritance,
      boolean interrupted,
      RunFolder folder) {
    Optional<Summary> copied = report.summary(Row.COPIED, 0);
    Optional<Summary> distilled =
        report.summary(job.ways().getFirst().words(), job.examples().getLast());
    return new Result(
        report.home(),
        copied.map(Summary::median).orElse(null),
        distilled.map(Summary::median).orElse(null),
        copied.map(Summary::worst).orElse(null),
        distilled.map(Summary::worst).orElse(null),
        inheritance.bits(),
        report.summaries(),
        report.rows(),
        interrupted,
        folder.path().toString());
  }

  private static Map<String, Object> figures(Result result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("home", result.home());
    figures.put("copied", result.copied());
    figures.put("distilled", result.distilled());
    figures.put("worstCopied", result.worstCopied());
    figures.put("worstDistilled", result.worstDistilled());
    figures.put("summaries", result.summaries());
    return figures;
  }

  private static String text(TransferJob job, TransferReport report, Result result) {
    return """
    %s%s by %s on %s, handed on to %d chips: test errors

    %s
    a copy of all weights takes %s; each number of home's answers %d bits
    kept in %s
    """
        .formatted(
            result.interrupted() ? "interrupted: what is done\n" : "",
            job.home().task(),
            job.home().rule(),
            job.home().chip(),
            job.heirs().size(),
            report.text(),
            Units.format(result.copyBits().copy(), "bit"),
            job.bits(),
            result.run());
  }
}
