package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.WireBenchmark;
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

/// `mortal measure wires`: what exact reads of arrays with wires cost.
@Command(
    name = "wires",
    description =
        "Times exact reads of arrays with wire resistance against plain reference solves (one sparse factorisation and"
            + " one solution each) and the bare product, interleaved in one run.",
    footer = {"", "Example:", "  bench/mortal measure wires --size 64,128"})
public final class MeasureWiresCommand implements Callable<Integer> {
  private static final int MOST_SIZE = 1024;
  private static final int MOST_BATCH = 65536;
  private static final long SEED = 1;

  @Mixin private CommonOptions common;

  @Option(
      names = "--size",
      paramLabel = "N",
      split = ",",
      defaultValue = "32,64,128,256,512",
      description = "Rows, and columns, of each array; default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Vectors in a batch; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--wire-ohms",
      paramLabel = "R",
      defaultValue = "1",
      description =
          "Resistance of each segment, driver and terminal, 0 to 1e9; default: ${DEFAULT-VALUE}.")
  private double ohms;

  /// What must hold; a ratio may not be above, or for changed cells below.
  record Limits(double firstInReferences, double laterInBare, double updates) {}

  private static final Limits LIMITS = new Limits(12, 3, 50);

  record Result(List<WireBenchmark.Row> rows, Limits limits, String kernels, String run) {}

  @Override
  public Integer call() {
    sizes.forEach(size -> common.requireRange("--size", size, 2, MOST_SIZE));
    common.requireRange("--batch", batch, 1, MOST_BATCH);
    if (!(ohms >= 0 && ohms <= 1e9)) {
      throw common.wrong("--wire-ohms must be from 0 to 1e9, not " + ohms);
    }
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(SEED);
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    List<WireBenchmark.Row> rows = new ArrayList<>();
    long steps = sizes.stream().mapToLong(WireBenchmark::rounds).sum();
    try (Progress progress = Progress.start("measuring", steps)) {
      WireBenchmark benchmark = new WireBenchmark(kernels, SEED, progress::step);
      sizes.forEach(size -> rows.add(benchmark.run(size, batch, ohms)));
    }
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write("rows.csv", table(rows));
    Result result =
        new Result(rows, LIMITS, kernels.products().description(), folder.path().toString());
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(manifest.finished(seconds, Map.of("rows", rows), false));
    return common.finish(result, text(result));
  }

  private static CsvTable table(List<WireBenchmark.Row> rows) {
    CsvTable table =
        new CsvTable(
            "size",
            "batch",
            "referenceMillis",
            "firstMillis",
            "firstInReferences",
            "bareMillis",
            "laterInBare",
            "updateMicros",
            "firstInUpdates",
            "referenceInUpdates",
            "bytes");
    for (WireBenchmark.Row row : rows) {
      table.add(
          row.size(),
          row.batch(),
          row.referenceMillis(),
          row.firstMillis(),
          row.firstInReferences(),
          row.bareMillis(),
          row.laterInBare(),
          row.updateMicros(),
          row.firstInUpdates(),
          row.referenceInUpdates(),
          row.bytes());
    }
    return table;
  }

  private String text(Result result) {
    TextTable table =
        new TextTable(
            "size",
            "reference",
            "first batch",
            "in references",
            "bare product",
            "later batch",
            "changed cell",
            "first is",
            "reference is",
            "memory");
    for (WireBenchmark.Row row : result.rows()) {
      table.add(
          String.valueOf(row.size()),
          Units.format(1e-3 * row.referenceMillis(), "s"),
          Units.format(1e-3 * row.firstMillis(), "s"),
          "%.2f".formatted(row.firstInReferences()),
          Units.format(1e-3 * row.bareMillis(), "s"),
          "%.2f".formatted(row.laterInBare()),
          Units.format(1e-6 * row.updateMicros(), "s"),
          "%.0f".formatted(row.firstInUpdates()),
          "%.0f".formatted(row.referenceInUpdates()),
          Units.format(row.bytes(), "B"));
    }
    return """
    batches of %d vectors on arrays with wires, %s ohm a segment; medians of interleaved rounds
    products: %s

    %s
    reference: one sparse factorisation and one solution for one vector, from scratch
    first batch: the transfer matrix from scratch and one product; limit 12 references at size 128
    later batch: in bare products of that shape; limit 3
    changed cell: the transfer matrix updated, in double and float; a first batch, and a reference, is so many of them; limit 50
    memory: what the transfer matrix and its condensed blocks hold

    kept in %s
    """
        .formatted(batch, ohms, result.kernels(), table, result.run());
  }
}
