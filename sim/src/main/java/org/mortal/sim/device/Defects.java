package org.mortal.sim.device;

/// Cells that do not work, as fractions of all.
///
/// @param stuck cells that conduct but answer to no pulse; half of them lie at the lowest level, the others anywhere
/// @param open cells that do not conduct
/// @param shorted cells that conduct `shortSiemens`
/// @param shortSiemens the conductance of a shorted cell
public record Defects(double stuck, double open, double shorted, double shortSiemens) {
  /// Cells that all work.
  public static final Defects NONE = new Defects(0, 0, 0, 0);

  public Defects {
    Numbers.requireFraction("stuck", stuck);
    Numbers.requireFraction("open", open);
    Numbers.requireFraction("shorted", shorted);
    Numbers.requireFraction("stuck, open and shorted together", stuck + open + shorted);
    Numbers.requireNotNegative("shortSiemens", shortSiemens);
  }
}
