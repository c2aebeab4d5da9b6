package org.mortal.sim.circuit.network;

/// What is applied to the ends of all lines: volts behind the driver's or the terminal's resistance, or NaN where a line
/// floats.
public record Terminals(double[] rowVolts, double[] columnVolts) {

  /// All rows driven, all columns at the virtual ground of their sense amplifiers.
  public static Terminals read(double[] rowVolts, int columns) {
    return new Terminals(rowVolts, new double[columns]);
  }

  public boolean[] rowDriven() {
    return driven(rowVolts);
  }

  public boolean[] columnDriven() {
    return driven(columnVolts);
  }

  private static boolean[] driven(double[] volts) {
    boolean[] driven = new boolean[volts.length];
    for (int i = 0; i < volts.length; i++) {
      driven[i] = !Double.isNaN(volts[i]);
    }
    return driven;
  }
}
