package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.calibrate.check.CalibrationCheck;
import org.mortal.bench.calibrate.check.CheckSettings;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.selftest.Check;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal calibrate check CHIP --calibration F`: whether a calibration still says what is true.
@Command(
    name = "check",
    description =
        "Measures every quantity of a calibration again, holds it to what the file says by the errors"
            + " of both, and exits with 1 if any is off. Of a sound quantity one check in a thousand fails.",
    footer = {
      "",
      "Example:",
      "  bench/mortal calibrate check 'sim:hfox?seed=1&state=chip.state' --calibration chip.json",
      "",
      "Ctrl-C ends the check behind the array under test."
    })
public final class CalibrateCheckCommand implements Callable<Integer> {
  private static final int MOST_VECTORS = 100_000;
  private static final int REPEATS = 64;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "Vectors of each kind; with four times as many, errors half as large are seen; default:"
              + " ${DEFAULT-VALUE}.")
  private int vectors;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the vectors; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--pulses",
      description =
          "Look at stuck cells, steps and thresholds too. Cells are brought back to within a few"
              + " steps, which is not where the file has them to a hair.")
  private boolean pulses;

  /// @param passed whether every check did, of all arrays
  /// @param unchecked what could not be looked at
  record Result(
      String id,
      String calibration,
      boolean passed,
      List<Check> checks,
      List<String> unchecked,
      boolean interrupted,
      String run) {}

  @Override
  public Integer call() throws Exception {
    common.requireRange("--vectors", vectors, CheckSettings.LEAST, MOST_VECTORS);
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    Kernels kernels = common.kernels();
    return common.interruptible(interruption -> {
      try (Chip chip = common.watched().open(address, kernels)) {
        String products = kernels.products().description();
        return run(chip, manifest.withRig(address, chip.id(), products), kernels, interruption);
      }
    });
  }

  private int run(Chip chip, RunManifest manifest, Kernels kernels, Interruption interruption) {
    long started = System.nanoTime();
    CalibrationFile file = common.calibrationOf(chip, address);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(manifest.finished(0, Map.of(), true));
    CheckSettings settings = new CheckSettings(seed, vectors, REPEATS, pulses);
    CalibrationCheck check = new CalibrationCheck(chip, file.calibration(), settings, kernels);
    CalibrationCheck.Result found =
        new CalibrationCheck.Result(new ArrayList<>(), new ArrayList<>());
    boolean all = check(check, file.calibration(), found, interruption);
    folder.write("checks.csv", table(found.checks()));
    double seconds = (System.nanoTime() - started) / 1e9;
    long failed = found.checks().stream().filter(one -> !one.passed()).count();
    Map<String, Object> figures = Map.of("checks", found.checks().size(), "failed", failed);
    folder.write(manifest.finished(seconds, figures, !all));
    Result result =
        new Result(
            chip.id(),
            file.id(),
            all && found.passed(),
            found.checks(),
            found.unchecked().stream().distinct().toList(),
            !all,
            folder.path().toString());
    int code = common.finish(result, text(result));
    return result.passed() ? code : 1;
  }

  /// @return whether all arrays were looked at before Ctrl-C
  private static boolean check(
      CalibrationCheck check,
      Calibration calibration,
      CalibrationCheck.Result found,
      Interruption interruption) {
    List<ArrayCalibration> arrays = calibration.arrays();
    int done = 0;
    try (Progress progress = Progress.start("checking arrays", arrays.size())) {
      while (done < arrays.size() && !interruption.requested()) {
        check.array(arrays.get(done), found);
        progress.stepTo(++done);
      }
    }
    return done == arrays.size();
  }

  private static CsvTable table(List<Check> checks) {
    CsvTable table = new CsvTable("check", "array", "passed", "value", "limit", "detail");
    for (Check check : checks) {
      table.add(
          check.name(),
          check.array(),
          check.passed(),
          check.value(),
          check.limit(),
          check.detail());
    }
    return table;
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    for (Check check : result.checks()) {
      text.append(
          "%-6s array %-3d %-16s %s%n"
              .formatted(
                  check.passed() ? "ok" : "FAILED", check.array(), check.name(), check.detail()));
    }
    result.unchecked().forEach(one -> text.append("not looked at: %s%n".formatted(one)));
    String verdict =
        result.passed()
            ? "holds"
            : result.checks().stream().allMatch(Check::passed)
                ? "was not checked whole"
                : "does not hold";
    return text.append(
            "calibration %s of %s %s%nkept in %s%n"
                .formatted(result.calibration(), result.id(), verdict, result.run()))
        .toString();
  }
}
