package org.mortal.bench.command;

import java.util.List;
import org.mortal.bench.report.Charts;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.kernel.Batch;

/// What the programming of an array leaves in its run folder: the outcome of every cell as a table; targets, conductances
/// and errors as pictures.
///
/// @param id of the chip
record ProgramFiles(RunFolder folder, String id, Batch targets) {
  private static final double MICRO = 1e-6;

  /// @param success of each cell
  /// @param pulses given to each cell, or null where nobody knows
  void write(Batch measured, boolean[] success, int[] pulses) {
    CsvTable table =
        new CsvTable("row", "column", "targetSiemens", "measuredSiemens", "success", "pulses");
    float[][] wanted = targets.toArrays();
    float[][] found = measured.toArrays();
    float[][] error = new float[wanted.length][wanted[0].length];
    for (int r = 0; r < wanted.length; r++) {
      for (int c = 0; c < wanted[r].length; c++) {
        int cell = r * wanted[r].length + c;
        Object given = pulses == null ? "" : pulses[cell];
        table.add(r, c, wanted[r][c], found[r][c], success[cell], given);
        error[r][c] = (float) ((found[r][c] - wanted[r][c]) / MICRO);
      }
    }
    folder.write("outcomes.csv", table);
    Charts.heatMaps(
        folder.file("conductances.png"),
        "Conductances, " + id,
        List.of(
            Charts.Panel.ofSiemens("target", wanted), Charts.Panel.ofSiemens("measured", found)),
        "µS");
    Charts.heatMap(folder.file("errors.png"), "Measured minus target, " + id, error, "µS");
  }

  /// Of each cell, whether it was measured this near its target.
  boolean[] within(Batch measured, double toleranceSiemens) {
    boolean[] within = new boolean[targets.rows() * targets.columns()];
    for (int i = 0; i < within.length; i++) {
      within[i] = Math.abs(error(measured, i)) <= toleranceSiemens;
    }
    return within;
  }

  /// The error over all cells, root mean square, in siemens.
  double rmse(Batch measured) {
    int cells = targets.rows() * targets.columns();
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      sum += error(measured, i) * error(measured, i);
    }
    return Math.sqrt(sum / cells);
  }

  private double error(Batch measured, int cell) {
    int row = cell / targets.columns();
    int column = cell % targets.columns();
    return measured.get(row, column) - targets.get(row, column);
  }

  /// How many of all are true.
  static double share(boolean[] all) {
    int count = 0;
    for (boolean one : all) {
      count += one ? 1 : 0;
    }
    return (double) count / all.length;
  }
}
