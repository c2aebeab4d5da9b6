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
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.NodeEquations;
import org.mortal.sim.circuit.network.SparseCholesky;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.circuit.network.TransferMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal solve`: exact currents of a linear array with wires.
@Command(
    name = "solve",
    description =
        "Finds the exact column currents of an array of ohmic cells with wire resistance: rows are driven at their left"
            + " ends, columns sensed at their lower ends, by a virtual ground.",
    footer = {
      "",
      "Example:",
      "  printf '1e-4,2e-4\\n3e-4,4e-4\\n' > siemens.csv",
      "  printf '0.1,0.2\\n' > volts.csv",
      "  bench/mortal solve --conductances siemens.csv --volts volts.csv --wire-ohms 1"
    })
public final class SolveCommand implements Callable<Integer> {
  /// What a terminal shows of the result; the files hold all of it.
  private static final int SHOWN = 8;

  @Mixin private CommonOptions common;

  @Option(
      names = "--conductances",
      paramLabel = "G.csv",
      required = true,
      description = "Conductances in siemens, one row of the array a line.")
  private Path conductances;

  @Option(
      names = "--volts",
      paramLabel = "V.csv",
      required = true,
      description =
          "Row voltages: one vector a line, as many numbers as the array has rows; or one vector alone, one number a"
              + " line.")
  private Path volts;

  @Option(
      names = "--wire-ohms",
      paramLabel = "R",
      required = true,
      description = "Resistance of the wire between two neighbouring cells.")
  private double wireOhms;

  @Option(
      names = "--driver-ohms",
      paramLabel = "R",
      description =
          "All resistance between a row's source and its first cell; default: that of --wire-ohms.")
  private Double driverOhms;

  @Option(
      names = "--terminal-ohms",
      paramLabel = "R",
      description =
          "All resistance between a column's last cell and virtual ground; default: that of --wire-ohms.")
  private Double terminalOhms;

  @Option(
      names = "--out",
      paramLabel = "A.csv",
      description = "Write the currents here too, in amperes.")
  private Path out;

  @Option(
      names = "--plain",
      description = "Solve each vector by sparse Cholesky factors instead of the transfer matrix.")
  private boolean plain;

  /// @param amps of each column: one array for one vector, else one array for each
  record Result(int rows, int columns, int vectors, String solver, Object amps, String run) {}

  @Override
  public Integer call() {
    Wires wires = wires();
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    long started = System.nanoTime();
    double[][] siemens = CsvMatrix.read(conductances);
    requireConductances(siemens);
    double[][] rowVolts = vectors(CsvMatrix.read(volts), siemens.length);
    double[][] amps = plain ? factored(wires, siemens, rowVolts) : mapped(wires, siemens, rowVolts);
    String solver = plain ? "sparse Cholesky factors" : "transfer matrix";
    CsvTable table = CsvTable.of(amps);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write("amps.csv", table);
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(manifest.finished(seconds, Map.of("vectors", amps.length), false));
    if (out != null) {
      table.write(out);
    }
    Result result =
        new Result(
            siemens.length,
            siemens[0].length,
            amps.length,
            solver,
            amps.length == 1 ? amps[0] : amps,
            folder.path().toString());
    return common.finish(result, text(result, amps, folder));
  }

  private Wires wires() {
    double driver = driverOhms == null ? wireOhms : driverOhms;
    double terminal = terminalOhms == null ? wireOhms : terminalOhms;
    requireOhms("--wire-ohms", wireOhms);
    requireOhms("--driver-ohms", driver);
    requireOhms("--terminal-ohms", terminal);
    return new Wires(wireOhms, wireOhms, driver, terminal, 0);
  }

  private void requireOhms(String option, double ohms) {
    if (!(ohms >= 0 && Double.isFinite(ohms))) {
      throw common.wrong("%s must be 0 ohm or more, not %s".formatted(option, ohms));
    }
  }

  private void requireConductances(double[][] siemens) {
    for (int i = 0; i < siemens.length; i++) {
      for (int j = 0; j < siemens[i].length; j++) {
        if (siemens[i][j] < 0) {
          throw new RunException(
              "%s: the conductance at row %d, column %d is %s S, but no cell has less than 0: give what each cell conducts"
                  .formatted(conductances, i, j, siemens[i][j]),
              null);
        }
      }
    }
  }

  /// One vector for each line, or one alone that was written one number a line.
  private double[][] vectors(double[][] lines, int rows) {
    int numbers = lines[0].length;
    if (numbers == rows) {
      return lines;
    }
    if (numbers == 1 && lines.length == rows) {
      double[] vector = new double[rows];
      for (int i = 0; i < rows; i++) {
        vector[i] = lines[i][0];
      }
      return new double[][] {vector};
    }
    throw new RunException(
        "%s has %d x %d numbers, the array of %s has %d rows: give vectors of %d voltages, one a line, or one vector with one voltage a line"
            .formatted(volts, lines.length, numbers, conductances, rows, rows),
        null);
  }

  private double[][] mapped(Wires wires, double[][] siemens, double[][] rowVolts) {
    TransferMatrix map =
        TransferMatrix.of(
            flat(siemens), siemens.length, siemens[0].length, wires, new Workers(common.threads()));
    double[][] amps = new double[rowVolts.length][];
    for (int v = 0; v < amps.length; v++) {
      amps[v] = map.amps(rowVolts[v]);
    }
    return amps;
  }

  private static double[][] factored(Wires wires, double[][] siemens, double[][] rowVolts) {
    NodeEquations equations = NodeEquations.read(siemens.length, siemens[0].length, wires);
    double[] cells = flat(siemens);
    SparseCholesky solver = new SparseCholesky(equations);
    solver.conductances(cells);
    double[][] amps = new double[rowVolts.length][];
    for (int v = 0; v < amps.length; v++) {
      double[] injected = new double[equations.nodes()];
      double[] nodeVolts = new double[equations.nodes()];
      equations.inject(Terminals.read(rowVolts[v], equations.columns()), injected, nodeVolts);
      solver.solve(injected, nodeVolts);
      amps[v] = equations.columnAmps(cells, nodeVolts);
    }
    return amps;
  }

  private static double[] flat(double[][] matrix) {
    double[] flat = new double[matrix.length * matrix[0].length];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(matrix[i], 0, flat, i * matrix[i].length, matrix[i].length);
    }
    return flat;
  }

  private static String text(Result result, double[][] amps, RunFolder folder) {
    int outputs = Math.min(SHOWN, amps[0].length);
    String[] header = new String[outputs + 1];
    header[0] = "vector";
    for (int j = 0; j < outputs; j++) {
      header[j + 1] = "column " + j;
    }
    TextTable table = new TextTable(header);
    for (int v = 0; v < Math.min(SHOWN, amps.length); v++) {
      String[] entries = new String[outputs + 1];
      entries[0] = String.valueOf(v);
      for (int j = 0; j < outputs; j++) {
        entries[j + 1] = Units.format(amps[v][j], "A");
      }
      table.add(entries);
    }
    boolean all = amps.length <= SHOWN && amps[0].length <= SHOWN;
    return "%d x %d currents of %d x %d cells by %s%s%n%s%nall of them: %s%n"
        .formatted(
            amps.length,
            amps[0].length,
            result.rows(),
            result.columns(),
            result.solver(),
            all ? "" : ", the first of them:",
            table,
            folder.file("amps.csv"));
  }
}
