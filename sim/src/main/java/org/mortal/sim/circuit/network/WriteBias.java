package org.mortal.sim.circuit.network;

import java.util.Arrays;
import org.mortal.chip.Cell;

/// What the other lines do while a pulse is on the row and the column of one cell.
///
/// The selected row has the pulse's voltage and the selected column 0 V, so a SET pulse is positive and a RESET pulse
/// negative. A cell in the selected row or column, but not in both, is half-selected.
///
/// Source of the schemes: Chen, "A comprehensive crossbar array model with solutions for line resistance and nonlinear device
/// characteristics", IEEE Transactions on Electron Devices 60, 1318 (2013).
public enum WriteBias {
  /// A transistor at each cell (1T1R) lets only the selected one conduct.
  ISOLATED,

  /// All other lines at half the voltage: half-selected cells see a half, the others nothing.
  HALF,

  /// Other rows at a third and other columns at two thirds: half-selected cells see a third, the others minus a third.
  THIRD,

  /// All other lines float: what their cells see depends on all of them.
  FLOATING;

  /// The voltages of all lines for a pulse of `volts` to `cell`.
  public Terminals terminals(int rows, int columns, Cell cell, double volts) {
    double[] rowVolts = new double[rows];
    double[] columnVolts = new double[columns];
    Arrays.fill(rowVolts, otherRows(volts));
    Arrays.fill(columnVolts, otherColumns(volts));
    rowVolts[cell.row()] = volts;
    columnVolts[cell.column()] = 0;
    return new Terminals(rowVolts, columnVolts);
  }

  private double otherRows(double volts) {
    return switch (this) {
      case ISOLATED -> 0;
      case HALF -> volts / 2;
      case THIRD -> volts / 3;
      case FLOATING -> Double.NaN;
    };
  }

  private double otherColumns(double volts) {
    return switch (this) {
      case ISOLATED -> 0;
      case HALF -> volts / 2;
      case THIRD -> 2 * volts / 3;
      case FLOATING -> Double.NaN;
    };
  }

  /// What a cell would see if no line had any resistance; NaN where a floating line decides.
  ///
  /// @param row whether the cell lies in the selected row
  /// @param column whether it lies in the selected column
  public double perfectVolts(boolean row, boolean column, double volts) {
    if (this == ISOLATED && !(row && column)) {
      return 0;
    }
    return (row ? volts : otherRows(volts)) - (column ? 0 : otherColumns(volts));
  }

  /// What every cell sees, and what the lines carry, during a pulse of `volts` to `cell`.
  ///
  /// It holds for a whole train as long as no cell changes; after a change [#solveNext] is sooner.
  public Solution solve(ArrayCircuit circuit, double[] cellSiemens, Cell cell, double volts) {
    return this == ISOLATED
        ? circuit.alone(cellSiemens, cell, volts)
        : circuit.solve(cellSiemens, terminals(circuit.rows(), circuit.columns(), cell, volts));
  }

  /// The same as [#solve], by [ArrayCircuit#solveNext].
  public Solution solveNext(ArrayCircuit circuit, double[] cellSiemens, Cell cell, double volts) {
    return this == ISOLATED
        ? circuit.alone(cellSiemens, cell, volts)
        : circuit.solveNext(cellSiemens, terminals(circuit.rows(), circuit.columns(), cell, volts));
  }
}
