package org.mortal.sim.circuit.network;

import java.util.Arrays;

/// What lines do that take no part in a read.
///
/// A floating line passes the current of its cells on to others: the sneak paths of a passive array.
///
/// @param rows that are not driven
/// @param columns that are not sensed; sensed ones are at the virtual ground of their amplifiers
public record ReadBias(Idle rows, Idle columns) {
  /// What an idle line is connected to.
  public enum Idle {
    GROUNDED,
    FLOATING;

    private double volts() {
      return switch (this) {
        case GROUNDED -> 0;
        case FLOATING -> Double.NaN;
      };
    }
  }

  /// The voltages of all lines for a read.
  ///
  /// @param rowVolts for each row; those of idle rows do not count
  /// @param driven which rows are driven
  /// @param sensed which columns are sensed
  public Terminals terminals(double[] rowVolts, boolean[] driven, boolean[] sensed) {
    double[] onRows = new double[driven.length];
    double[] onColumns = new double[sensed.length];
    Arrays.setAll(onRows, row -> driven[row] ? rowVolts[row] : rows.volts());
    Arrays.setAll(onColumns, column -> sensed[column] ? 0 : columns.volts());
    return new Terminals(onRows, onColumns);
  }
}
