package org.mortal.bench.calibrate.wires;

/// A measured map of cells.
///
/// @param siemens of each cell, rows x columns
/// @param errors standard error of each
public record CellEstimates(double[][] siemens, double[][] errors) {
  public int rows() {
    return siemens.length;
  }

  public int columns() {
    return siemens[0].length;
  }
}
