package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvMatrix;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal read CHIP --volts V.csv`: one batch of reads of one array.
@Command(
    name = "read",
    description =
        "Drives the rows of one array with each line of a CSV file and prints the output currents.",
    footer = {
      "",
      "A row of exactly 0 V is not driven: it is held at 0 V, or floats where the array is passive.",
      "",
      "Example:",
      "  printf '0.1,0,0,0.2\\n' > volts.csv",
      "  bench/mortal read 'sim:hfox?seed=1&rows=4&columns=6' --volts volts.csv"
    })
public final class ReadCommand implements Callable<Integer> {
  /// What a terminal shows of the result; the files hold all of it.
  private static final int SHOWN = 8;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--volts",
      paramLabel = "V.csv",
      required = true,
      description = "Row voltages, one vector a line, as many numbers as the array has rows.")
  private Path volts;

  @Option(
      names = "--array",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of the chip's arrays, from 0 on; default: ${DEFAULT-VALUE}.")
  private int array;

  @Option(
      names = "--out",
      paramLabel = "A.csv",
      description = "Write the currents here too, in amperes.")
  private Path out;

  /// @param amps one array per vector
  record Result(String id, int array, float[][] amps, String run) {}

  @Override
  public Integer call() {
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    long started = System.nanoTime();
    Kernels kernels = common.kernels();
    Batch rowVolts = CsvMatrix.readBatch(volts);
    try (Chip chip = common.chips().open(address, kernels)) {
      common.requireRange("--array", array, 0, chip.arrays().size() - 1L);
      Crossbar crossbar = chip.arrays().get(array);
      int rows = crossbar.geometry().rows();
      if (rowVolts.columns() != rows) {
        throw new RunException(
            "%s has %d voltages a line, array %d of %s has %d rows: give one voltage for each row"
                .formatted(volts, rowVolts.columns(), array, chip.id(), rows),
            null);
      }
      float[][] amps = crossbar.read(rowVolts).toArrays();
      CsvTable table = CsvTable.of(amps);
      RunFolder folder = RunFolder.create(common.runs(), common.command());
      folder.write("amps.csv", table);
      double seconds = (System.nanoTime() - started) / 1e9;
      Map<String, Integer> figures = Map.of("vectors", amps.length);
      folder.write(
          manifest
              .withRig(address, chip.id(), kernels.products().description())
              .finished(seconds, figures, false));
      if (out != null) {
        table.write(out);
      }
      return common.finish(
          new Result(chip.id(), array, amps, folder.path().toString()),
          text(chip.id(), amps, folder));
    }
  }

  private String text(String id, float[][] amps, RunFolder folder) {
    int outputs = Math.min(SHOWN, amps[0].length);
    String[] header = new String[outputs + 1];
    header[0] = "vector";
    for (int c = 0; c < outputs; c++) {
      header[c + 1] = "output " + c;
    }
    TextTable table = new TextTable(header);
    for (int r = 0; r < Math.min(SHOWN, amps.length); r++) {
      String[] entries = new String[outputs + 1];
      entries[0] = String.valueOf(r);
      for (int c = 0; c < outputs; c++) {
        entries[c + 1] = Units.format(amps[r][c], "A");
      }
      table.add(entries);
    }
    boolean all = amps.length <= SHOWN && amps[0].length <= SHOWN;
    return "%d x %d currents of array %d of %s%s%n%s%nall of them: %s%n"
        .formatted(
            amps.length,
            amps[0].length,
            array,
            id,
            all ? "" : ", the first of them:",
            table,
            folder.file("amps.csv"));
  }
}
