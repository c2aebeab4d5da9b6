package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.emulate.Firmware;
import org.mortal.bench.measure.LinkBenchmark;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure link`: how much of a serial line batch reads can use.
@Command(
    name = "link",
    description =
        "Reads batches through the firmware over a simulated serial line of several latencies,"
            + " and compares with what the line can carry.",
    footer = {"", "Example:", "  bench/mortal measure link --baud 921600 --vectors 1024"})
public final class MeasureLinkCommand implements Callable<Integer> {
  private static final String CHIP = "sim:hfox?seed=1&rows=128&columns=128&arrays=1";
  private static final double[] ROUND_TRIP_MILLIS = {1, 4, 16};
  private static final double LIMIT = 0.92;
  private static final int ROUNDS = 3;
  private static final int LEAST_BAUD = 9600;
  private static final int MOST_BAUD = 12_000_000;
  private static final int MOST_VECTORS = 65536;
  private static final long SEED = 1;

  @Mixin private CommonOptions common;

  @Option(
      names = "--baud",
      paramLabel = "N",
      defaultValue = "921600",
      description = "Bits per second of the line; default: ${DEFAULT-VALUE}.")
  private int baud;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Vectors in a batch; default: ${DEFAULT-VALUE}.")
  private int vectors;

  /// @param limit the least share of the line that is good enough
  record Result(List<LinkBenchmark.Row> rows, double limit, boolean passed, String run) {}

  @Override
  public Integer call() {
    common.requireRange("--baud", baud, LEAST_BAUD, MOST_BAUD);
    common.requireRange("--vectors", vectors, 1, MOST_VECTORS);
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(SEED);
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    List<LinkBenchmark.Row> rows = new ArrayList<>();
    String id;
    long steps = (long) ROUND_TRIP_MILLIS.length * (ROUNDS + 1);
    try (Progress progress = Progress.start("measuring", steps);
        Chip chip = common.chips().open(CHIP, kernels)) {
      id = chip.id();
      LinkBenchmark benchmark = new LinkBenchmark(Firmware.library(), chip, baud, vectors, SEED);
      for (double millis : ROUND_TRIP_MILLIS) {
        rows.add(benchmark.run(millis, ROUNDS, progress::step));
      }
    }
    boolean passed = rows.stream().allMatch(row -> row.used() >= LIMIT);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write("rows.csv", table(rows));
    folder.write(
        manifest
            .withRig(CHIP, id, kernels.products().description())
            .finished((System.nanoTime() - started) / 1e9, Map.of("rows", rows), false));
    Result result = new Result(rows, LIMIT, passed, folder.path().toString());
    return common.finish(result, text(result));
  }

  private static CsvTable table(List<LinkBenchmark.Row> rows) {
    CsvTable table =
        new CsvTable(
            "roundTripMillis",
            "bytesOut",
            "bytesIn",
            "payloadShare",
            "used",
            "worst",
            "stopAndWait",
            "vectorsPerSecond",
            "retries");
    for (LinkBenchmark.Row row : rows) {
      table.add(
          row.roundTripMillis(),
          row.bytesOut(),
          row.bytesIn(),
          row.payloadShare(),
          row.used(),
          row.worst(),
          row.stopAndWait(),
          row.vectorsPerSecond(),
          row.retries());
    }
    return table;
  }

  private String text(Result result) {
    TextTable table =
        new TextTable(
            "round trip",
            "line used",
            "worst",
            "one frame at a time",
            "payload",
            "vectors/s",
            "sent again");
    for (LinkBenchmark.Row row : result.rows()) {
      table.add(
          "%.0f ms".formatted(row.roundTripMillis()),
          percent(row.used()),
          percent(row.worst()),
          percent(row.stopAndWait()),
          percent(row.payloadShare()),
          "%.0f".formatted(row.vectorsPerSecond()),
          String.valueOf(row.retries()));
    }
    return """
    batches of %d reads of a 128 x 128 array over %d baud, medians of %d rounds

    %s
    line used: the time that the bytes of a batch take on the line, beside the time that the batch took; at least %s
    payload: what framing leaves for samples

    kept in %s
    """
        .formatted(vectors, baud, ROUNDS, table, percent(result.limit()), result.run());
  }

  private static String percent(double share) {
    return "%.1f %%".formatted(100 * share);
  }
}
