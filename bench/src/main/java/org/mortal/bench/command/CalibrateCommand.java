package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mortal.bench.calibrate.CalibrationReport;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.Rehearsal;
import org.mortal.bench.calibrate.Stage;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal calibrate CHIP --out F`: finds out what a chip's converters, lines and cells are.
@Command(
    name = "calibrate",
    description =
        "Finds out what a chip's converters, lines and cells are, through the port alone, and keeps"
            + " it in a file by which the chip's reads are corrected. Simulated chips are also scored"
            + " against their hidden truth.",
    footer = {
      "",
      "Example:",
      "  bench/mortal calibrate 'sim:hfox?seed=1&rows=64&columns=64' --out hfox.json",
      "",
      "Ctrl-C ends before the next stage; --resume RUNFOLDER goes on there."
    })
public final class CalibrateCommand implements Callable<Integer> {
  /// About this call, not about the run.
  private static final Set<String> HERE =
      Set.of("--threads", "--runs", "--resume", "--dry-run", "--out");

  @Mixin private CommonOptions common;
  @Mixin private CalibrateOptions options;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      description = "Its address; default: " + CommonOptions.DEFAULT_CHIP + ".")
  private String address;

  @Option(
      names = "--out",
      paramLabel = "F",
      description = "The calibration file; default: calibration.json in the run's folder.")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUNFOLDER",
      description = "Go on with this run where it stopped.")
  private Path resume;

  @Option(names = "--dry-run", description = "Print what it comes to, and leave the chip alone.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    RunManifest earlier =
        resume == null ? null : RunManifest.read(resume.resolve(RunFolder.MANIFEST));
    Map<String, String> arguments = arguments(earlier);
    CalibrateOptions asked = CalibrateOptions.of(arguments);
    asked.check(common);
    RunManifest manifest =
        earlier == null
            ? RunManifest.start(common.command(), arguments).withSeed(asked.seed())
            : earlier;
    String chip = arguments.get("CHIP");
    Kernels kernels = common.kernels();
    return common.interruptible(interruption -> {
      try (Chip opened = common.uncalibratedChips("it is what makes one").open(chip, kernels)) {
        if (earlier != null && !opened.id().equals(earlier.chipId())) {
          throw new RunException(
              "%s is a calibration of %s, and this is %s: go on with that chip, or begin anew"
                  .formatted(resume, earlier.chipId(), opened.id()),
              null);
        }
        String products = kernels.products().description();
        return run(
            opened, asked, manifest.withRig(chip, opened.id(), products), kernels, interruption);
      }
    });
  }

  private Map<String, String> arguments(RunManifest earlier) {
    if (earlier != null) {
      if (address != null) {
        throw common.wrong("--resume takes a run as it was, so leave out CHIP");
      }
      return Arguments.ofEarlier(earlier, common, "--resume", HERE);
    }
    Map<String, String> arguments = new LinkedHashMap<>(Arguments.of(common.spec()));
    arguments.putIfAbsent("CHIP", CommonOptions.DEFAULT_CHIP);
    return arguments;
  }

  private int run(
      Chip chip,
      CalibrateOptions asked,
      RunManifest manifest,
      Kernels kernels,
      Interruption interruption) {
    int[] arrays = asked.places(chip, common);
    if (dryRun) {
      return rehearse(chip, arrays, asked, kernels);
    }
    RunFolder folder =
        resume == null
            ? RunFolder.create(common.runs(), common.command())
            : common.runs().at(resume);
    folder.write(manifest.finished(manifest.seconds(), manifest.results(), true));
    long started = System.nanoTime();
    Calibrator calibrator = new Calibrator(chip, asked.settings(), kernels, folder.path());
    Optional<Calibrator.Outcome> outcome = calibrate(calibrator, arrays, interruption);
    double seconds = manifest.seconds() + (System.nanoTime() - started) / 1e9;
    if (outcome.isEmpty()) {
      folder.write(manifest.finished(seconds, Map.of(), true));
      return common.finish(
          Map.of("id", chip.id(), "interrupted", true, "run", folder.path().toString()),
          "stopped; go on with --resume " + folder.path());
    }
    Path file = out == null ? folder.file("calibration.json") : out;
    CalibrationFile kept = CalibrationFile.write(file, outcome.get().calibration());
    CalibrateText text = new CalibrateText(outcome.get(), kept);
    new CalibrationReport(folder).write(outcome.get(), text.toString());
    Map<String, Object> figures = text.figures();
    common.enter(kept, figures);
    folder.write(manifest.finished(seconds, figures, false));
    figures.put("run", folder.path().toString());
    return common.finish(figures, text + "kept in %s, by %s%n".formatted(file, folder.path()));
  }

  private int rehearse(Chip chip, int[] arrays, CalibrateOptions asked, Kernels kernels) {
    Crossbar first = chip.arrays().get(arrays[0]);
    Rehearsal one = Rehearsal.of(first.geometry(), first.limits(), asked.settings(), kernels);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("id", chip.id());
    result.put("arrays", arrays.length);
    result.put("dryRun", true);
    result.put("each", one);
    String text =
        "%s: %d arrays, each about %d vectors, %d pulses, %d at most to a cell, %s of waiting, %s over a link%n"
            .formatted(
                chip.id(),
                arrays.length,
                one.vectors(),
                one.pulses(),
                one.pulsesPerCell(),
                Units.format(one.waitSeconds(), "s"),
                Units.format(one.linkBytes(), "B"));
    return common.finish(result, text);
  }

  private static Optional<Calibrator.Outcome> calibrate(
      Calibrator calibrator, int[] arrays, Interruption interruption) {
    int stages = arrays.length * Stage.values().length;
    try (Progress progress = Progress.start("calibrating", stages)) {
      return calibrator.run(
          arrays,
          interruption::requested,
          stage -> {
            progress.message(stage.work());
            progress.step();
          });
    }
  }
}
