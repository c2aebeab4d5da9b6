package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.mortal.bench.report.Charts;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.selftest.Check;
import org.mortal.bench.selftest.Selftest;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal selftest CHIP`: looks for defects through the port.
@Command(
    name = "selftest",
    description =
        "Looks for broken converters, lines, cells and multiplexers, and exits with 1 if it finds"
            + " any. Cells are moved by a quarter of their window and brought back.",
    footer = {"", "Example:", "  bench/mortal selftest 'sim:hfox?seed=1&rows=64&columns=64'"})
public final class SelftestCommand implements Callable<Integer> {
  private static final double MICRO = 1e-6;

  /// Arrays on the sheet of conductances.
  private static final int PANELS = 4;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--array",
      paramLabel = "N",
      description =
          "Test only this array; default: all, or the first where the chip makes as many as are"
              + " asked for.")
  private Integer array;

  @Option(
      names = "--stuck",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description = "The share of cells that may be stuck; default: ${DEFAULT-VALUE}.")
  private double stuckShare;

  /// @param passed whether every check did
  record Result(String id, boolean passed, List<Check> checks, String run) {}

  @Override
  public Integer call() {
    if (!(stuckShare >= 0 && stuckShare <= 1)) {
      throw common.wrong("--stuck must be from 0 to 1, not " + stuckShare);
    }
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    try (Chip chip = common.chips().open(address, kernels)) {
      int[] arrays = arrays(chip);
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      RunManifest running = manifest.withRig(address, chip.id(), kernels.products().description());
      folder.write(running.finished(0, Map.of(), true));
      List<Charts.Panel> panels = new ArrayList<>();
      List<Check> checks = test(chip, arrays, panels);
      folder.write("checks.csv", table(checks));
      Charts.heatMaps(folder.file("conductances.png"), "Conductances, " + chip.id(), panels, "µS");
      boolean passed = checks.stream().allMatch(Check::passed);
      double seconds = (System.nanoTime() - started) / 1e9;
      folder.write(running.finished(seconds, figures(checks), false));
      Result result = new Result(chip.id(), passed, checks, folder.path().toString());
      int code = common.finish(result, text(result));
      return passed ? code : 1;
    }
  }

  private int[] arrays(Chip chip) {
    if (array != null) {
      common.requireRange("--array", array, 0, chip.arrays().size() - 1L);
      return new int[] {array};
    }
    return IntStream.range(0, chip.arraysLimited() ? chip.arrays().size() : 1).toArray();
  }

  private List<Check> test(Chip chip, int[] arrays, List<Charts.Panel> panels) {
    Selftest selftest = new Selftest(chip, stuckShare);
    List<Check> checks = new ArrayList<>();
    try (Progress progress = Progress.start("testing arrays", arrays.length)) {
      for (int one : arrays) {
        checks.addAll(
            selftest.array(
                one,
                pictures -> {
                  if (panels.size() < 2 * PANELS) {
                    panels.add(new Charts.Panel("array " + one, micro(pictures.before())));
                    panels.add(new Charts.Panel("raised", micro(pictures.raised())));
                  }
                }));
        progress.step();
      }
    }
    checks.addAll(selftest.link());
    return checks;
  }

  private static float[][] micro(float[][] siemens) {
    float[][] micro = new float[siemens.length][siemens[0].length];
    for (int r = 0; r < micro.length; r++) {
      for (int c = 0; c < micro[r].length; c++) {
        micro[r][c] = (float) Math.max(0, siemens[r][c] / MICRO);
      }
    }
    return micro;
  }

  private static CsvTable table(List<Check> checks) {
    CsvTable table = new CsvTable("check", "array", "passed", "value", "limit", "detail");
    for (Check check : checks) {
      table.add(
          check.name(), place(check), check.passed(), check.value(), check.limit(), check.detail());
    }
    return table;
  }

  private static String place(Check check) {
    return check.array() == null ? "" : check.array().toString();
  }

  private static Map<String, Object> figures(List<Check> checks) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("checks", checks.size());
    figures.put("failed", checks.stream().filter(check -> !check.passed()).count());
    return figures;
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    for (Check check : result.checks()) {
      String place = check.array() == null ? "chip" : "array " + check.array();
      text.append(
          "%-6s %-9s %-14s %s%n"
              .formatted(check.passed() ? "ok" : "FAILED", place, check.name(), check.detail()));
    }
    return text.append(
            "%s %s%nkept in %s%n"
                .formatted(result.id(), result.passed() ? "is sound" : "has defects", result.run()))
        .toString();
  }
}
