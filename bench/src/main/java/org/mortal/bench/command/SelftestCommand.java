package org.mortal.bench.command;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
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
    footer = {
      "",
      "Example:",
      "  bench/mortal selftest 'sim:hfox?seed=1&rows=64&columns=64'",
      "",
      "Ctrl-C ends the test once the cells of the array under test have been brought back."
    })
public final class SelftestCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger(SelftestCommand.class.getName());

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

  /// @param passed whether every check did, of all arrays
  record Result(String id, boolean passed, List<Check> checks, boolean interrupted, String run) {}

  @Override
  public Integer call() throws Exception {
    if (!(stuckShare >= 0 && stuckShare <= 1)) {
      throw common.wrong("--stuck must be from 0 to 1, not " + stuckShare);
    }
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    Kernels kernels = common.kernels();
    return common.interruptible(interruption -> {
      try (Chip chip = common.chips().open(address, kernels)) {
        String products = kernels.products().description();
        return run(chip, manifest.withRig(address, chip.id(), products), interruption);
      }
    });
  }

  private int run(Chip chip, RunManifest manifest, Interruption interruption) {
    long started = System.nanoTime();
    int[] arrays = arrays(chip);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(manifest.finished(0, Map.of(), true));
    List<Charts.Panel> panels = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    boolean all;
    try {
      all = test(chip, arrays, panels, checks, interruption);
    } finally {
      // What was found before a fault is known all the same.
      folder.write("checks.csv", table(checks));
    }
    if (!panels.isEmpty()) {
      Charts.heatMaps(folder.file("conductances.png"), "Conductances, " + chip.id(), panels, "µS");
    }
    boolean passed = all && checks.stream().allMatch(Check::passed);
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(manifest.finished(seconds, figures(checks), !all));
    Result result = new Result(chip.id(), passed, checks, !all, folder.path().toString());
    int code = common.finish(result, text(result));
    return passed ? code : 1;
  }

  private int[] arrays(Chip chip) {
    if (array != null) {
      common.requireRange("--array", array, 0, chip.arrays().size() - 1L);
      return new int[] {array};
    }
    return IntStream.range(0, chip.arraysLimited() ? chip.arrays().size() : 1).toArray();
  }

  /// @return whether all arrays were tested before Ctrl-C
  private boolean test(
      Chip chip,
      int[] arrays,
      List<Charts.Panel> panels,
      List<Check> checks,
      Interruption interruption) {
    Selftest selftest = new Selftest(chip, stuckShare);
    int tested = 0;
    try (Progress progress = Progress.start("testing arrays", arrays.length)) {
      while (tested < arrays.length && !interruption.requested()) {
        int one = arrays[tested];
        try {
          checks.addAll(selftest.array(one, pictures -> add(panels, one, pictures)));
        } catch (ChipException e) {
          LOG.log(
              Level.WARNING,
              "array {0} was being tested: its cells may not be where they were before",
              one);
          throw e;
        }
        progress.stepTo(++tested);
      }
    }
    checks.addAll(selftest.link());
    return tested == arrays.length;
  }

  private static void add(List<Charts.Panel> panels, int array, Selftest.Pictures pictures) {
    if (panels.size() < 2 * PANELS) {
      panels.add(Charts.Panel.ofSiemens("array " + array, pictures.before()));
      panels.add(Charts.Panel.ofSiemens("raised", pictures.raised()));
    }
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
    boolean sound = result.checks().stream().allMatch(Check::passed);
    String so = !sound ? "has defects" : result.interrupted() ? "was not tested whole" : "is sound";
    return text.append("%s %s%nkept in %s%n".formatted(result.id(), so, result.run())).toString();
  }
}
