package org.mortal.bench.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.Charts;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvMatrix;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.ProgramVerify;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal program CHIP --target G.csv`: brings the cells of one array to given conductances.
@Command(
    name = "program",
    description = "Programs one array to the conductances of a CSV file, closed loop.",
    footer = {
      "",
      "Example:",
      "  printf '2e-5,5e-5,1e-5,8e-5\\n4e-5,3e-5,6e-5,1e-5\\n' > targets.csv",
      "  bench/mortal program 'sim:hfox?seed=1&rows=2&columns=4' --target targets.csv"
    })
public final class ProgramCommand implements Callable<Integer> {
  private static final int SECONDS = 60;
  private static final int MOST_WAIT = 86_400;
  private static final int MOST_PASSES = 1000;
  private static final double MICRO = 1e-6;

  /// The tolerance if none is given, as part of the window.
  private static final double TOLERANCE = 0.02;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--target",
      paramLabel = "G.csv",
      required = true,
      description = "Conductances in siemens, one row of the array a line.")
  private Path target;

  @Option(
      names = "--tolerance",
      paramLabel = "S",
      description =
          "Siemens; a cell is done when it was measured this near, twice; default: 2 %% of the"
              + " window.")
  private Double tolerance;

  @Option(
      names = "--array",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of the chip's arrays, from 0 on; default: ${DEFAULT-VALUE}.")
  private int array;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "24",
      description = "Most rounds of measuring and pulsing; default: ${DEFAULT-VALUE}.")
  private int passes;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "16",
      description = "Reads averaged for each measurement; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--wait-seconds",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Measure once more after so many seconds, 60 for rmseSiemensAfter60s; default: not.")
  private int waitSeconds;

  /// Pulses that a cell was given.
  record Pulses(double median, double p95) {}

  /// Errors are over all cells, stuck ones too, and from a measurement of their own: that of the closed loop ended where
  /// it was favourable.
  ///
  /// @param success the fraction of cells that were measured within tolerance, twice
  /// @param rmseSiemensAfterWait the error after `waitedSeconds`, or null if none were asked for
  /// @param rmseSiemensAfter60s the same if those were 60
  record Result(
      String id,
      int array,
      double success,
      double rmseSiemens,
      Pulses pulsesPerCell,
      Double rmseSiemensAfter60s,
      int waitedSeconds,
      Double rmseSiemensAfterWait,
      double toleranceSiemens,
      String run) {}

  @Override
  public Integer call() throws InterruptedException {
    common.requireRange("--passes", passes, 1, MOST_PASSES);
    common.requireRange("--reads", reads, 1, MOST_PASSES);
    common.requireRange("--wait-seconds", waitSeconds, 0, MOST_WAIT);
    if (tolerance != null && !(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw common.wrong("--tolerance must be a positive number of siemens, not " + tolerance);
    }
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    Batch targets = CsvMatrix.readBatch(target);
    try (Chip chip = common.chips().open(address, kernels)) {
      common.requireRange("--array", array, 0, chip.arrays().size() - 1L);
      Crossbar crossbar = chip.arrays().get(array);
      checkShape(targets, crossbar.geometry(), chip.id());
      double within = tolerance == null ? TOLERANCE * crossbar.limits().windowSiemens() : tolerance;
      ProgramRequest request = new ProgramRequest(targets, within, passes, reads);
      request.check(crossbar.geometry(), crossbar.limits());
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      RunManifest running = manifest.withRig(address, chip.id(), kernels.products().description());
      folder.write(running.finished(0, Map.of(), true));
      ProgramResult programmed = crossbar.program(request);
      ProgramVerify meter = new ProgramVerify(crossbar);
      Batch measured = meter.measure(reads);
      write(folder, chip.id(), targets, measured, programmed);
      Double later = null;
      if (waitSeconds > 0) {
        Thread.sleep(Duration.ofSeconds(waitSeconds));
        later = rmse(targets, meter.measure(reads));
      }
      Result result =
          new Result(
              chip.id(),
              array,
              programmed.successRate(),
              rmse(targets, measured),
              pulses(programmed.pulses()),
              waitSeconds == SECONDS ? later : null,
              waitSeconds,
              later,
              within,
              folder.path().toString());
      double seconds = (System.nanoTime() - started) / 1e9;
      folder.write(running.finished(seconds, figures(result), false));
      return common.finish(result, text(result));
    }
  }

  private void checkShape(Batch targets, Geometry geometry, String id) {
    if (targets.rows() != geometry.rows() || targets.columns() != geometry.columns()) {
      throw new RunException(
          "%s has %d lines of %d conductances, array %d of %s has %d rows of %d cells: give one for each cell"
              .formatted(
                  target,
                  targets.rows(),
                  targets.columns(),
                  array,
                  id,
                  geometry.rows(),
                  geometry.columns()),
          null);
    }
  }

  private static double rmse(Batch targets, Batch measured) {
    double sum = 0;
    for (int r = 0; r < targets.rows(); r++) {
      for (int c = 0; c < targets.columns(); c++) {
        double error = measured.get(r, c) - targets.get(r, c);
        sum += error * error;
      }
    }
    return Math.sqrt(sum / targets.rows() / targets.columns());
  }

  private static Pulses pulses(int[] perCell) {
    double[] all = Arrays.stream(perCell).asDoubleStream().toArray();
    return new Pulses(Quantiles.of(all, 0.5), Quantiles.of(all, 0.95));
  }

  private static Map<String, Object> figures(Result result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("success", result.success());
    figures.put("rmseSiemens", result.rmseSiemens());
    figures.put("pulsesPerCell.median", result.pulsesPerCell().median());
    figures.put("pulsesPerCell.p95", result.pulsesPerCell().p95());
    if (result.rmseSiemensAfterWait() != null) {
      figures.put("rmseSiemensAfterWait", result.rmseSiemensAfterWait());
    }
    return figures;
  }

  /// The outcome of every cell as a table, and targets, conductances and errors as pictures.
  private static void write(
      RunFolder folder, String id, Batch targets, Batch measured, ProgramResult result) {
    CsvTable table =
        new CsvTable("row", "column", "targetSiemens", "measuredSiemens", "success", "pulses");
    float[][] wanted = targets.toArrays();
    float[][] found = measured.toArrays();
    float[][] error = new float[wanted.length][wanted[0].length];
    for (int r = 0; r < wanted.length; r++) {
      for (int c = 0; c < wanted[r].length; c++) {
        int cell = r * wanted[r].length + c;
        table.add(r, c, wanted[r][c], found[r][c], result.success()[cell], result.pulses()[cell]);
        error[r][c] = (float) ((found[r][c] - wanted[r][c]) / MICRO);
        wanted[r][c] /= (float) MICRO;
        found[r][c] = Math.max(0, found[r][c] / (float) MICRO);
      }
    }
    folder.write("outcomes.csv", table);
    Charts.heatMaps(
        folder.file("conductances.png"),
        "Conductances, " + id,
        List.of(new Charts.Panel("target", wanted), new Charts.Panel("measured", found)),
        "µS");
    Charts.heatMap(folder.file("errors.png"), "Measured minus target, " + id, error, "µS");
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        array %d of %s
        within %-10s %.2f %% of the cells, twice running
        error             %s root mean square, of all cells
        pulses            %s a cell at the median, %s for the last 5 %%
        """
            .formatted(
                result.array(),
                result.id(),
                Units.format(result.toleranceSiemens(), "S"),
                100 * result.success(),
                Units.format(result.rmseSiemens(), "S"),
                Units.format(result.pulsesPerCell().median()),
                Units.format(result.pulsesPerCell().p95())));
    text.append(
        result.rmseSiemensAfterWait() == null
            ? "error after 60 s  not measured: --wait-seconds 60 does\n"
            : "error after %d s  %s%n"
                .formatted(
                    result.waitedSeconds(), Units.format(result.rmseSiemensAfterWait(), "S")));
    return text.append("kept in ").append(result.run()).append('\n').toString();
  }
}
