package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.AnalogCost;
import org.mortal.bench.measure.DigitalReference;
import org.mortal.bench.measure.MvmBenchmark;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure mvm`: what a product on a chip costs beside the bare product.
@Command(
    name = "mvm",
    description =
        "Times signed matrix products on a chip against the bare product of the same shape,"
            + " interleaved in one run.",
    footer = {"", "Example:", "  bench/mortal measure mvm --size 512 --batch 128"})
public final class MeasureMvmCommand implements Callable<Integer> {
  private static final int MOST_SIZE = 4096;
  private static final int MOST_BATCH = 65536;
  private static final long SEED = 1;

  @Mixin private CommonOptions common;

  @Option(
      names = "--size",
      paramLabel = "N",
      split = ",",
      defaultValue = "128,512,1024",
      description =
          "Inputs, and outputs, of the tile, one size or several; default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Vectors in a batch, measured beside single ones; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = {
        "A chip, more than one if given again; default: ${DEFAULT-VALUE}.",
        "Measured beside sim:ideal, and a simulated one whose read noise is the same for all cells"
            + " beside itself with noise that differs from cell to cell."
      })
  private List<String> addresses;

  /// @param rows the chip's tile beside the bare product
  /// @param library plain Java loops beside the bare product
  /// @param costs energy and time of one vector by the chip's figures, beside digital
  /// @param digital where the digital figures stand
  record Result(
      List<MvmBenchmark.Row> rows,
      List<MvmBenchmark.Plain> library,
      List<AnalogCost> costs,
      List<DigitalReference> digital,
      String kernels,
      String run) {}

  @Override
  public Integer call() {
    sizes.forEach(size -> common.requireRange("--size", size, 1, MOST_SIZE));
    common.requireRange("--batch", batch, 1, MOST_BATCH);
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(SEED);
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    List<Integer> batches = List.copyOf(new TreeSet<>(List.of(batch, 1)).descendingSet());
    List<MvmBenchmark.Result> measured = new ArrayList<>();
    String id = "";
    // The tiles, then the plain loops.
    long steps = 2L * batches.size() * MvmBenchmark.ROUNDS * sizes.size();
    try (Progress progress = Progress.start("measuring", steps)) {
      for (int size : sizes) {
        try (Rack rack = Rack.open(addresses, common.chips(), kernels)) {
          id = rack.id();
          measured.add(
              new MvmBenchmark(kernels, SEED, progress::step).run(rack.chips(), size, batches));
        }
      }
    }
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    List<MvmBenchmark.Row> rows = measured.stream().flatMap(one -> one.rows().stream()).toList();
    folder.write("rows.csv", table(rows));
    Result result =
        new Result(
            rows,
            measured.stream().flatMap(one -> one.library().stream()).toList(),
            measured.stream().flatMap(one -> one.costs().stream()).toList(),
            DigitalReference.all(),
            kernels.products().description(),
            folder.path().toString());
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(
        manifest
            .withRig(String.join(" ", addresses), id, result.kernels())
            .finished(
                seconds,
                Map.of("rows", rows, "library", result.library(), "costs", result.costs()),
                false));
    return common.finish(result, text(result));
  }

  private static CsvTable table(List<MvmBenchmark.Row> rows) {
    CsvTable table =
        new CsvTable(
            "chip",
            "size",
            "batch",
            "bareMillis",
            "tileMillis",
            "ratio",
            "ratioQ1",
            "ratioQ3",
            "limit",
            "goal",
            "bareGflops",
            "bare");
    for (MvmBenchmark.Row row : rows) {
      table.add(
          row.chip(),
          row.size(),
          row.batch(),
          row.bareMillis(),
          row.tileMillis(),
          row.ratio(),
          row.ratioQ1(),
          row.ratioQ3(),
          row.limit(),
          row.goal(),
          row.bareGflops(),
          row.bare());
    }
    return table;
  }

  private String text(Result result) {
    TextTable table =
        new TextTable(
            "chip",
            "size",
            "batch",
            "bare ms",
            "tile ms",
            "ratio",
            "quartiles",
            "goal",
            "limit",
            "bare FLOPS");
    for (MvmBenchmark.Row row : result.rows()) {
      table.add(
          row.chip(),
          String.valueOf(row.size()),
          String.valueOf(row.batch()),
          millis(row.bareMillis()),
          millis(row.tileMillis()),
          "%.2f".formatted(row.ratio()),
          "%.2f-%.2f".formatted(row.ratioQ1(), row.ratioQ3()),
          "%.1f".formatted(row.goal()),
          "%d".formatted(row.limit()),
          Units.format(1e9 * row.bareGflops()));
    }
    TextTable library =
        new TextTable(
            "plain Java loops", "size", "batch", "bare ms", "plain ms", "ratio", "quartiles");
    for (MvmBenchmark.Plain row : result.library()) {
      library.add(
          "",
          String.valueOf(row.size()),
          String.valueOf(row.batch()),
          millis(row.bareMillis()),
          millis(row.plainMillis()),
          "%.2f".formatted(row.ratio()),
          "%.2f-%.2f".formatted(row.ratioQ1(), row.ratioQ3()));
    }
    return """
    signed tiles beside the bare product of their shape, medians of %d rounds
    bare product: %s%s

    %s
    goal: the ratio to stay below; limit: that of a chip that cost nothing beyond the products its physics needs

    %s
    %s
    kept in %s
    """
        .formatted(
            MvmBenchmark.ROUNDS,
            result.kernels(),
            common.threads() == 1 ? "" : ", or on 1 thread where that is faster",
            table,
            library,
            CostText.of(result.costs()),
            result.run());
  }

  private static String millis(double value) {
    return value < 0.1 ? "%.4f".formatted(value) : "%.3f".formatted(value);
  }
}
