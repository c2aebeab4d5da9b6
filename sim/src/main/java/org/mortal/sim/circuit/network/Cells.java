package org.mortal.sim.circuit.network;

import java.util.Arrays;
import org.mortal.sim.device.Conduction;

/// The cells of a circuit under given voltages: their currents, and what each line gets of them.
final class Cells {
  /// Currents below this share of what the cell would carry at the largest voltage are rounding.
  private static final double FLOOR = 1e-3;

  final int rows;
  final int columns;
  final double[] volts;
  final double[] amps;
  final double[] slopes;

  /// Currents of the cells of each line, with their signs.
  final double[] rowAmps;

  final double[] columnAmps;

  /// Sizes of the same currents, by which a surplus on the line is judged.
  final double[] rowScale;

  final double[] columnScale;

  private final Conduction law;
  private double[] siemens;
  private double mostVolts;

  Cells(int rows, int columns, Conduction law) {
    this.rows = rows;
    this.columns = columns;
    this.law = law;
    volts = new double[rows * columns];
    amps = new double[rows * columns];
    slopes = new double[rows * columns];
    rowAmps = new double[rows];
    columnAmps = new double[columns];
    rowScale = new double[rows];
    columnScale = new double[columns];
  }

  Conduction law() {
    return law;
  }

  /// @param siemens of each cell, row by row; kept, not copied
  /// @param mostVolts the largest voltage of the circuit
  void set(double[] siemens, double mostVolts) {
    this.siemens = siemens;
    this.mostVolts = mostVolts;
  }

  /// Currents, slopes and sums for the voltages in `volts`.
  void solve() {
    law.solve(volts, siemens, amps, slopes);
    Arrays.fill(columnAmps, 0);
    Arrays.fill(columnScale, 0);
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      double scale = 0;
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        double size = Math.abs(amps[cell]) + FLOOR * mostVolts * slopes[cell];
        sum += amps[cell];
        scale += size;
        columnAmps[column] += amps[cell];
        columnScale[column] += size;
      }
      rowAmps[row] = sum;
      rowScale[row] = scale;
    }
  }

  /// `surplus` as a fraction of `scale`.
  static double share(double surplus, double scale) {
    return surplus == 0 ? 0 : Math.abs(surplus) / scale;
  }
}
