package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.check.EstimateStudy;
import org.mortal.bench.check.EstimateStudy.Row;
import org.mortal.bench.check.Specimen;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.TrainingJob;
import org.mortal.kernel.Kernels;
import org.mortal.learning.LearningRule;
import org.mortal.learning.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal check RULE`: how good a rule's estimates are, against the hidden truth of a simulated chip.
@Command(
    name = "check",
    description =
        "Compares a rule's estimates to the true gradients of a small network on a simulated chip.",
    footer = {
      "",
      "The network is trained a little by local-cross-entropy first. Each row repeats an estimate of",
      "the same batch with fresh randomness and read noise. Bias and variance are from the gradient",
      "that the rule is after, over its size: global (of the last head's loss, through all layers) or",
      "local (of each layer's own loss). Cosines are those of single estimates, root of the mean",
      "square. RULE is one of Mortal's, or the full name of a class of yours on MORTAL_CLASSPATH.",
      "",
      "Example:",
      "  bench/mortal check spsa --amplitude 0.002,0.01,0.05"
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int MOST_REPEATS = 10_000;

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "RULE", description = "Its name.")
  private String rule;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "The address of a simulated chip; default: ${DEFAULT-VALUE}.")
  private String chip;

  @Option(
      names = "--probes",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "1,4,16,64",
      description = "Perturbations averaged for an estimate; default: ${DEFAULT-VALUE}.")
  private List<Integer> probes;

  @Option(
      names = "--amplitude",
      paramLabel = "A,B",
      split = ",",
      description = "Of perturbations, as the rule understands it; default: the rule's own.")
  private List<Double> amplitudes;

  @Option(
      names = "--group",
      paramLabel = "G",
      defaultValue = "8",
      description = "Neurons in a group, for rules that have such; default: ${DEFAULT-VALUE}.")
  private int group;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "20",
      description = "Estimates for each row; default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "digits",
      description = "What the network is trained on; default: ${DEFAULT-VALUE}.")
  private String task;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:MORTAL_DATA}",
      description = "Where the four IDX files are; default: the environment variable MORTAL_DATA.")
  private String data;

  @Option(
      names = "--layers",
      paramLabel = "A,B,C",
      description = "Sizes from inputs to classes; default: two hidden layers of 24.")
  private String layers;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "0.2",
      description = "Training before the check; default: ${DEFAULT-VALUE}.")
  private double epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "20",
      description = "Examples of an estimate; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--slope",
      paramLabel = "HOW",
      defaultValue = "table",
      description = "Slope of neurons: table, live or nominal; default: ${DEFAULT-VALUE}.")
  private String slope;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of first weights and the rule's draws; default: ${DEFAULT-VALUE}.")
  private String seed;

  /// @param bestAmplitude of several, the one with the highest cosine at the most probes; null for the rule's own
  record Result(
      String rule,
      String chipId,
      List<Integer> layers,
      List<Row> rows,
      Double bestAmplitude,
      String run) {}

  @Override
  public Integer call() {
    requireSense();
    Map<String, String> arguments = Arguments.of(common.spec());
    List<Integer> counts = taken(arguments);
    TrainingJob job = job(arguments, null, counts.getFirst());
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    Task loaded = job.loadLabelledTask();
    LearningRule first = job.makeRule(loaded);
    List<Integer> sizes =
        job.layers() == null ? List.of(loaded.features(), 24, 24, loaded.classes()) : job.layers();
    Specimen.Settings settings = new Specimen.Settings(chip, sizes, epochs, batch, job.seed());
    try (Specimen specimen = Specimen.trained(settings, loaded, first, kernels, common.chips())) {
      List<Row> rows = rows(new EstimateStudy(specimen, repeats, job.seed()), arguments, counts);
      RunManifest manifest =
          RunManifest.start(common.command(), arguments)
              .withSeed(job.seed())
              .withRig(chip, specimen.rig().chipId(), kernels.products().description());
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      CheckReport report = new CheckReport(rule, rows);
      folder.write("rows.csv", report.table());
      report.draw(folder.file("cosine.png"));
      double seconds = (System.nanoTime() - started) / 1e9;
      folder.write(manifest.finished(seconds, Map.of("rows", rows), false));
      return common.finish(
          new Result(
              rule,
              specimen.rig().chipId(),
              sizes,
              rows,
              report.best().amplitude(),
              folder.path().toString()),
          report.text(specimen.rig().chipId(), sizes, folder.path()));
    }
  }

  private void requireSense() {
    if (!(epochs >= 0 && Double.isFinite(epochs))) {
      throw common.wrong("--epochs must be a number of at least 0, not %s".formatted(epochs));
    }
    common.requireRange("--repeats", repeats, 2, MOST_REPEATS);
    common.requireRange("--batch", batch, 1, Integer.MAX_VALUE);
    common.requireRange("--group", group, 1, Integer.MAX_VALUE);
    probes.forEach(count -> common.requireRange("--probes", count, 1, Integer.MAX_VALUE));
    for (double amplitude : amplitudes == null ? List.<Double>of() : amplitudes) {
      if (!(amplitude > 0 && Double.isFinite(amplitude))) {
        throw common.wrong("--amplitude must be a positive number, not %s".formatted(amplitude));
      }
    }
  }

  /// What a check has in common with a training run, with the rule made for `amplitude` and `count` probes.
  private TrainingJob job(Map<String, String> arguments, Double amplitude, int count) {
    Map<String, String> one = new HashMap<>(arguments);
    one.put("--rule", rule);
    one.put("--probes", String.valueOf(count));
    one.remove("--amplitude");
    if (amplitude != null) {
      one.put("--amplitude", String.valueOf(amplitude));
    }
    // Theirs are not what a training run means by these.
    one.keySet().removeAll(List.of("--epochs", "--batch"));
    try {
      return TrainingJob.of(one);
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
  }

  /// The numbers of probes that the rule takes: some need more than one.
  private List<Integer> taken(Map<String, String> arguments) {
    List<Integer> counts = new ArrayList<>();
    String refusal = "";
    for (int count : probes) {
      try {
        job(arguments, null, count).makeRule();
        counts.add(count);
      } catch (JobException e) {
        refusal = e.getMessage();
      }
    }
    if (counts.isEmpty()) {
      throw common.wrong(refusal);
    }
    return counts;
  }

  private LearningRule make(TrainingJob job) {
    try {
      return job.makeRule();
    } catch (JobException e) {
      throw common.wrong(e.getMessage());
    }
  }

  private List<Row> rows(EstimateStudy study, Map<String, String> arguments, List<Integer> counts) {
    List<Double> all = new ArrayList<>();
    if (amplitudes == null) {
      all.add(null);
    } else {
      all.addAll(amplitudes);
    }
    List<Row> rows = new ArrayList<>();
    try (Progress progress = Progress.start("checking", (long) all.size() * counts.size())) {
      for (Double amplitude : all) {
        List<Row> some = new ArrayList<>();
        for (int count : counts) {
          if (takesNoProbes(some)) {
            break;
          }
          some.add(study.row(make(job(arguments, amplitude, count)), amplitude, count, group));
          progress.step();
        }
        rows.addAll(takesNoProbes(some) ? some.subList(0, 1) : some);
      }
    }
    return rows;
  }

  /// Whether more probes cost nothing: then the rule has none, and more rows would say the same.
  private static boolean takesNoProbes(List<Row> rows) {
    return rows.size() > 1 && rows.get(0).queries() == rows.get(1).queries();
  }
}
