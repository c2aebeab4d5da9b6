package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.Settings;
import org.mortal.bench.calibrate.Stage;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.run.WholeFile;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.twin.Effort;
import org.mortal.bench.twin.Fidelity;
import org.mortal.bench.twin.TwinMaker;
import org.mortal.bench.twin.TwinScore;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Kernels;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import org.mortal.sim.SimChip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal twin CHIP --out P.json`: makes a simulated chip that is this very one.
@Command(
    name = "twin",
    description =
        "Measures a chip and writes the profile of a simulated one that is the same, cell by cell"
            + " and output by output; then foretells reads, pulses and times that it was not fitted to,"
            + " and says how well. Calibrates first unless --calibration is given. Cells are pulsed"
            + " through their windows and brought back.",
    footer = {
      "",
      "Example:",
      "  bench/mortal twin 'sim:hfox?seed=1&rows=64&columns=64' --out twin.json",
      "",
      "The twin is opened as sim:twin.json, by every command; its seed draws noise only.",
      "Ctrl-C ends before the next step, with the cells brought back as far as that can be."
    })
public final class TwinCommand implements Callable<Integer> {
  private static final int MOST_READS = 100_000;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--out",
      paramLabel = "P.json",
      required = true,
      description = "The twin's profile; sim:P.json opens it.")
  private Path out;

  @Option(
      names = "--arrays",
      paramLabel = "N",
      description =
          "Measure the first N arrays; default: all, or the first where the chip makes as many as are"
              + " asked for.")
  private Integer arrays;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "64",
      description = "Reads of each cell; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "The longest wait after pulses, real time on a board; 0 for none; default: ${DEFAULT-VALUE}.")
  private double waitSeconds;

  @Option(
      names = "--no-pulses",
      description = "Give no pulses: how cells answer to them is as in the profile of --extends.")
  private boolean noPulses;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of vectors and pulses; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--extends",
      paramLabel = "PROFILE",
      defaultValue = "hfox",
      description =
          "Where comes from what is not measured: steps of input converters, energy, pulses of other"
              + " shapes, idle lines; default: ${DEFAULT-VALUE}.")
  private String base;

  /// @param fidelity the worst ratio of those in `details`
  /// @param truth null for a chip that is not simulated
  record Result(
      String id,
      String twinOf,
      double fidelity,
      Fidelity details,
      TwinScore truth,
      Map<String, Object> measured,
      String file,
      String run) {}

  @Override
  public Integer call() throws Exception {
    common.requireRange("--reads", reads, Settings.LEAST_READS, MOST_READS);
    if (!(waitSeconds >= 0 && waitSeconds <= 1e6)) {
      throw common.wrong("--wait must be from 0 to 1e6 seconds, not " + waitSeconds);
    }
    if (!out.toString().endsWith(".json")) {
      throw common.wrong("--out must end in .json, not %s".formatted(out));
    }
    ChipProfile extended =
        Profiles.named(base)
            .orElseThrow(() ->
                common.wrong(
                    "--extends must be one of %s, not %s"
                        .formatted(String.join(", ", Profiles.names()), base)));
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    Kernels kernels = common.kernels();
    return common.interruptible(interruption -> {
      try (Chip chip = common.chips().open(address, kernels)) {
        String products = kernels.products().description();
        RunManifest rigged = manifest.withRig(address, chip.id(), products);
        return run(chip, extended, rigged, kernels, interruption);
      }
    });
  }

  private int run(
      Chip chip,
      ChipProfile extended,
      RunManifest manifest,
      Kernels kernels,
      Interruption interruption) {
    long started = System.nanoTime();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(manifest.finished(0, Map.of(), true));
    Optional<TwinMaker.Made> made = make(chip, extended, folder, kernels, interruption);
    double seconds = (System.nanoTime() - started) / 1e9;
    if (made.isEmpty()) {
      folder.write(manifest.finished(seconds, Map.of(), true));
      return common.finish(
          Map.of("id", chip.id(), "interrupted", true, "run", folder.path().toString()),
          "stopped: no twin was made");
    }
    ChipProfile profile = made.get().profile();
    String text = ProfileFile.json(profile);
    WholeFile.write(out, text);
    folder.write("twin.json", text);
    Fidelity fidelity = made.get().fidelity();
    folder.write(manifest.finished(seconds, figures(fidelity), false));
    Result result =
        new Result(
            chip.id(),
            profile.twin().of(),
            fidelity.worst(),
            fidelity,
            score(chip, profile, made.get().places()),
            profile.twin().measured(),
            out.toString(),
            folder.path().toString());
    return common.finish(result, text(result));
  }

  private Optional<TwinMaker.Made> make(
      Chip chip,
      ChipProfile extended,
      RunFolder folder,
      Kernels kernels,
      Interruption interruption) {
    Optional<Calibration> calibration =
        chip instanceof CalibratedChip calibrated
            ? Optional.of(calibrated.calibration())
            : calibrate(chip, folder, kernels, interruption);
    if (calibration.isEmpty()) {
      return Optional.empty();
    }
    Chip shown = chip instanceof CalibratedChip calibrated ? calibrated.behind() : chip;
    Effort effort = new Effort(reads, !noPulses, waitSeconds, seed);
    try (Progress progress = Progress.start("measuring", -1)) {
      TwinMaker maker =
          new TwinMaker(
              shown,
              calibration.get(),
              extended,
              effort,
              kernels,
              interruption::requested,
              progress::message);
      return maker.run("twin-of-" + chip.id().replaceAll("[^A-Za-z0-9._-]", "-"));
    }
  }

  private Optional<Calibration> calibrate(
      Chip chip, RunFolder folder, Kernels kernels, Interruption interruption) {
    int[] places = places(chip);
    Settings settings = new Settings(reads, seed, !noPulses, 0);
    Calibrator calibrator = new Calibrator(chip, settings, kernels, folder.path());
    try (Progress progress =
        Progress.start("calibrating", (long) places.length * Stage.values().length)) {
      return calibrator
          .run(places, interruption::requested, stage -> progress.step())
          .map(Calibrator.Outcome::calibration)
          .map(
              found -> CalibrationFile.write(folder.file("calibration.json"), found).calibration());
    }
  }

  private int[] places(Chip chip) {
    int size = chip.arrays().size();
    if (arrays != null) {
      common.requireRange("--arrays", arrays, 1, size);
      return IntStream.range(0, arrays).toArray();
    }
    return IntStream.range(0, chip.arraysLimited() ? size : 1).toArray();
  }

  private static TwinScore score(Chip chip, ChipProfile profile, int[] places) {
    return chip.bare() instanceof SimChip sim ? TwinScore.of(sim, profile, places) : null;
  }

  private static Map<String, Object> figures(Fidelity fidelity) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("fidelity", fidelity.worst());
    figures.put("reads", fidelity.reads());
    figures.put("pulses", fidelity.pulses());
    figures.put("times", fidelity.times());
    return figures;
  }

  private static String text(Result result) {
    Fidelity one = result.details();
    StringBuilder text = new StringBuilder("twin of %s%n".formatted(result.twinOf()));
    text.append(
        line("reads", one.reads(), one.readAmps(), one.readFloorAmps(), "A", "its own noise"));
    if (one.pulses() != null) {
      text.append(
          line(
              "pulses",
              one.pulses(),
              one.pulseSiemens(),
              one.pulseFloorSiemens(),
              "S",
              "its own repeats"));
    }
    if (one.times() != null) {
      text.append(
          line("times", one.times(), one.timeSiemens(), one.timeTwinSiemens(), "S", "twins"));
    }
    if (result.truth() != null) {
      text.append(
          "hidden truth: cells are off by %s, stuck cells found with precision %.3f and recall %.3f%n"
              .formatted(
                  Units.format(result.truth().siemens(), "S"),
                  result.truth().stuckPrecision(),
                  result.truth().stuckRecall()));
    }
    return text + "open it as sim:%s; kept in %s%n".formatted(result.file(), result.run());
  }

  private static String line(
      String what, double ratio, double off, double floor, String unit, String against) {
    return "held-out %-7s %.3f: %s against %s of %s%n"
        .formatted(what, ratio, Units.format(off, unit), Units.format(floor, unit), against);
  }
}
