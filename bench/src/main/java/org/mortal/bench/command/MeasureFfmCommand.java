package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.emulate.Firmware;
import org.mortal.bench.measure.FfmBenchmark;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.board.CallComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure ffm`: what a read through `lib:` costs beside the same function called from C.
@Command(
    name = "ffm",
    description =
        "Times reads of one array through the firmware library against the same C function called"
            + " from C, in turns of one run.",
    footer = {"", "Example:", "  bench/mortal measure ffm --size 128 --batch 128"})
public final class MeasureFfmCommand implements Callable<Integer> {
  /// Most that a read of one vector may cost more than in C.
  private static final double LIMIT_NANOS = 100;

  /// Most that a read of a batch may cost more than in C, in percent.
  private static final double LIMIT_PERCENT = 1;

  private static final int MOST_SIZE = 256;
  private static final int MOST_BATCH = 65536;
  private static final long SEED = 1;

  @Mixin private CommonOptions common;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Rows, and columns, of the array, an even number; default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Vectors in a batch, measured beside single ones; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--library",
      paramLabel = "F",
      description = "The firmware library; default: the one that the build made.")
  private Path library;

  /// @param rows single vectors, then batches
  /// @param differenceNanos of a single vector
  /// @param limitNanos what that may be
  /// @param differencePercent of a batch
  /// @param limitPercent what that may be
  record Result(
      List<FfmBenchmark.Row> rows,
      double differenceNanos,
      double limitNanos,
      double differencePercent,
      double limitPercent,
      boolean passed,
      String run) {}

  @Override
  public Integer call() {
    common.requireRange("--size", size, 2, MOST_SIZE);
    common.requireRange("--batch", batch, 2, MOST_BATCH);
    if (size % 2 != 0) {
      throw common.wrong("--size must be even, since columns are sensed in pairs, not " + size);
    }
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(SEED);
    long started = System.nanoTime();
    Path file = library == null ? Firmware.library() : library;
    List<FfmBenchmark.Row> rows;
    try (Progress progress = Progress.start("measuring", 2L * FfmBenchmark.ROUNDS);
        CallComparison board = CallComparison.open(file, size, size, SEED)) {
      rows = new FfmBenchmark(board, SEED, progress::step).run(List.of(1, batch));
    }
    double nanos = rows.getFirst().differenceNanos();
    double percent = rows.getLast().differencePercent();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write("rows.csv", table(rows));
    boolean passed = nanos <= LIMIT_NANOS && percent <= LIMIT_PERCENT;
    Result result =
        new Result(
            rows, nanos, LIMIT_NANOS, percent, LIMIT_PERCENT, passed, folder.path().toString());
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(manifest.finished(seconds, Map.of("rows", rows, "passed", passed), false));
    return common.finish(result, text(result));
  }

  private static CsvTable table(List<FfmBenchmark.Row> rows) {
    CsvTable table =
        new CsvTable("vectors", "javaNanos", "cNanos", "differenceNanos", "differencePercent");
    for (FfmBenchmark.Row row : rows) {
      table.add(
          row.vectors(),
          row.javaNanos(),
          row.cNanos(),
          row.differenceNanos(),
          row.differencePercent());
    }
    return table;
  }

  private String text(Result result) {
    TextTable table =
        new TextTable(
            "vectors", "Java ns", "C ns", "difference", "in percent", "quartiles", "limit");
    for (FfmBenchmark.Row row : result.rows()) {
      table.add(
          String.valueOf(row.vectors()),
          "%.0f".formatted(row.javaNanos()),
          "%.0f".formatted(row.cNanos()),
          "%.0f ns".formatted(row.differenceNanos()),
          "%.2f %%".formatted(row.differencePercent()),
          "%.2f to %.2f %%".formatted(row.percentQ1(), row.percentQ3()),
          row.vectors() == 1
              ? "%.0f ns".formatted(result.limitNanos())
              : "%.0f %%".formatted(result.limitPercent()));
    }
    return """
    a read of a %d x %d array through lib: beside the same C function called from C
    medians of %d turns each

    %s
    kept in %s
    """
        .formatted(size, size, FfmBenchmark.ROUNDS, table, result.run());
  }
}
