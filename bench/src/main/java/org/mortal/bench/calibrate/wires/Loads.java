package org.mortal.bench.calibrate.wires;

/// How much wires of one ohm weaken each cell, to first order: the conductance that meets at each resistance on the way to the
/// cell and from it, while all lines are held.
///
/// @param siemens by resistance, row and column
record Loads(double[][][] siemens) {

  static Loads of(double[][] cells) {
    int rows = cells.length;
    int columns = cells[0].length;
    double[][][] loads = new double[WireEvidence.OHMS][rows][columns];
    for (int r = 0; r < rows; r++) {
      // Of all that flows along the row, behind each segment.
      double behind = 0;
      for (int c = 0; c < columns; c++) {
        behind += Math.max(0, cells[r][c]);
      }
      double all = behind;
      double along = 0;
      for (int c = 0; c < columns; c++) {
        loads[0][r][c] = all;
        loads[1][r][c] = along;
        behind -= Math.max(0, cells[r][c]);
        along += behind;
      }
    }
    for (int c = 0; c < columns; c++) {
      double above = 0;
      for (int r = 0; r < rows; r++) {
        above += Math.max(0, cells[r][c]);
      }
      double all = above;
      double along = 0;
      for (int r = rows - 1; r >= 0; r--) {
        loads[3][r][c] = all;
        loads[2][r][c] = along;
        above -= Math.max(0, cells[r][c]);
        along += above;
      }
    }
    return new Loads(loads);
  }

  double of(int resistance, int row, int column) {
    return siemens[resistance][row][column];
  }
}
