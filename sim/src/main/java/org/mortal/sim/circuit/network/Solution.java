package org.mortal.sim.circuit.network;

/// What flows in a circuit that has settled.
///
/// @param rowAmps from each row's source into the row; 0 where it floats
/// @param columnAmps out of each column into its terminal; 0 where it floats
/// @param cellVolts across each cell, from the row to the column; row by row
public record Solution(double[] rowAmps, double[] columnAmps, double[] cellVolts) {
  /// The power that all sources together deliver.
  public double watts(Terminals terminals) {
    return power(terminals.rowVolts(), rowAmps) - power(terminals.columnVolts(), columnAmps);
  }

  private static double power(double[] volts, double[] amps) {
    double watts = 0;
    for (int line = 0; line < volts.length; line++) {
      watts += Double.isNaN(volts[line]) ? 0 : volts[line] * amps[line];
    }
    return watts;
  }
}
