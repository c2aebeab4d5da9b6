package org.mortal.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.calibrate.ArrayOutcome;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.Settings;
import org.mortal.bench.calibrate.study.ScoredChip;
import org.mortal.bench.calibrate.study.StudyResult;
import org.mortal.bench.calibrate.study.WrittenCells;
import org.mortal.bench.report.Page;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipRange;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure calibrate`: how near calibrations come to the truth, beside what noise and quantisation leave.
@Command(
    name = "calibrate",
    description =
        "Calibrates the first array of each of many simulated chips and scores what was found against the hidden"
            + " truth, beside what noise and quantisation leave of the same reads.",
    footer = {
      "",
      "Example:",
      "  bench/mortal measure calibrate --chips 'sim:hfox?rows=128&columns=128&seed=101..120'"
    })
public final class MeasureCalibrateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      defaultValue = "sim:hfox?rows=128&columns=128&seed=1..5",
      description = "An address with a range of seeds; default: ${DEFAULT-VALUE}.")
  private String chips;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "64",
      description = "As of 'calibrate'; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(names = "--no-pulses", description = "As of 'calibrate'.")
  private boolean noPulses;

  @Option(
      names = "--new",
      description = "Leave cells as they come; else each is raised by a random part of the window.")
  private boolean asNew;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of what is written and of the calibrations; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    common.requireRange("--reads", reads, Settings.LEAST_READS, Integer.MAX_VALUE);
    List<String> addresses = ChipRange.expand(chips);
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    Kernels kernels = common.kernels();
    common.requireChips(addresses, kernels);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    return common.interruptible(interruption -> {
      List<ScoredChip> scored = scored(addresses, folder, kernels, interruption);
      return finish(manifest, folder, kernels, scored);
    });
  }

  private List<ScoredChip> scored(
      List<String> addresses, RunFolder folder, Kernels kernels, Interruption interruption) {
    List<ScoredChip> scored = new ArrayList<>();
    try (Progress progress = Progress.start("chips", addresses.size())) {
      for (String address : addresses) {
        if (!interruption.requested()) {
          scored.add(scored(address, folder, kernels));
          progress.step();
        }
      }
    }
    return scored;
  }

  private ScoredChip scored(String address, RunFolder folder, Kernels kernels) {
    try (Chip chip = common.uncalibratedChips("it makes them").open(address, kernels)) {
      if (!asNew) {
        WrittenCells.write(chip.arrays().getFirst(), new Philox(Philox.key(seed)));
      }
      long started = System.nanoTime();
      Settings settings = new Settings(reads, seed, !noPulses, 0);
      Calibrator calibrator = new Calibrator(chip, settings, kernels, kept(folder, chip));
      ArrayOutcome outcome =
          calibrator.run(new int[] {0}, () -> false, stage -> {}).orElseThrow().arrays().getFirst();
      if (outcome.truth() == null) {
        throw common.wrong(
            "the truth of %s is known to nobody: name simulated chips".formatted(address));
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      return new ScoredChip(chip.id(), outcome.success(), outcome.truth(), seconds);
    }
  }

  /// Where what a calibration's stages find is kept.
  private static Path kept(RunFolder folder, Chip chip) {
    Path kept = folder.file(chip.id());
    try {
      return Files.createDirectory(kept);
    } catch (IOException e) {
      throw RunException.of("cannot make", kept, e, "choose another place by --runs");
    }
  }

  private int finish(
      RunManifest manifest, RunFolder folder, Kernels kernels, List<ScoredChip> scored) {
    MeasureCalibrateText text = new MeasureCalibrateText(scored);
    StudyResult result = StudyResult.of(scored);
    CsvTable table = text.table();
    folder.write("chips.csv", table);
    Page.write(folder.file("report.html"), "Calibrations of " + chips, text.toString(), List.of());
    double seconds = scored.stream().mapToDouble(ScoredChip::seconds).sum();
    String id = scored.getFirst().chip();
    folder.write(
        manifest
            .withRig(chips, id, kernels.products().description())
            .finished(seconds, Map.of("study", result), false));
    return common.finish(result, text + "\nkept in " + folder.path() + "\n");
  }
}
