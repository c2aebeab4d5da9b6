package org.mortal.sim.circuit.network;

import org.mortal.sim.circuit.Wires;

/// All conductances of an array whose lines are all driven; a perfect wire's is beyond any other, which costs no digits
/// as long as nothing is subtracted.
///
/// @param cellSiemens row by row; changes with the cells
record Network(int rows, int columns, Wires wires, double[] cellSiemens) {
  private static final double PERFECT_SIEMENS = 1e30;

  double cell(int row, int column) {
    return cellSiemens[row * columns + column];
  }

  /// From the left to the word line's node at `column`.
  double wordSegment(int column) {
    return siemens(column == 0 ? wires.rowDriverOhms() : wires.rowSegmentOhms());
  }

  /// From the bit line's node at `row` downwards.
  double bitSegment(int row) {
    return siemens(row == rows - 1 ? wires.columnTerminalOhms() : wires.columnSegmentOhms());
  }

  private static double siemens(double ohms) {
    return Math.min(1 / ohms, PERFECT_SIEMENS);
  }
}
