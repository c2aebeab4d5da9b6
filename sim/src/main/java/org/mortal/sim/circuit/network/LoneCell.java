package org.mortal.sim.circuit.network;

import org.mortal.chip.Cell;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;

/// A cell that alone conducts, as a transistor at each cell lets it: in series with its share of both lines, and with nothing
/// else.
///
/// @param rows of the array
/// @param law of the cell
public record LoneCell(int rows, Wires wires, Conduction law) {
  private static final int HALVINGS = 60;

  /// What is left for the cell of `volts` at its row; its column is at 0 V.
  ///
  /// Found by halving: the more the cell sees, the more its lines take.
  public double volts(Cell cell, double siemens, double volts) {
    double ohms =
        wires.rowDriverOhms()
            + cell.column() * wires.rowSegmentOhms()
            + (rows - 1 - cell.row()) * wires.columnSegmentOhms()
            + wires.columnTerminalOhms();
    double whole = Math.abs(volts);
    double low = 0;
    double high = whole;
    for (int step = 0; ohms > 0 && step < HALVINGS; step++) {
      double middle = (low + high) / 2;
      // Laws may bend with the sign of the voltage.
      double amps = Math.abs(law.amps(Math.copySign(middle, volts), siemens));
      if (middle + ohms * amps > whole) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.copySign(high, volts);
  }
}
