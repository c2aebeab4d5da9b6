package org.mortal.bench.calibrate.wires;

import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;

/// Cells whose current bends, behind wires.
///
/// Of the ways in which a current can grow with the voltage, either sign alike, low voltages see the cubic term alone; so a
/// law that has one stands for all.
///
/// @param drive what single rows were seen to bend like, from outside
/// @param model of the array, whose cells bend by more: wires leave them less than the whole voltage
record BentCells(Conduction.Sinh drive, LineModel model) {
  private static final int STEPS = 8;

  /// @param cells about what they conduct
  static BentCells of(WireTask.Bend bend, Wires wires, double[][] cells, Workers workers) {
    // A cubic that sees a part less of the voltage is weaker by twice that part against what is
    // linear.
    double behind = bend.rise() / (1 - 2 * lost(wires, cells));
    return new BentCells(
        law(bend.readVolts(), bend.rise()),
        new LineModel(wires, law(bend.readVolts(), behind), workers));
  }

  /// Of the voltage of a row that is driven alone, what a usual part of its current does not meet.
  private static double lost(Wires wires, double[][] cells) {
    Loads loads = Loads.of(cells);
    double lost = 0;
    double all = 0;
    for (int r = 0; r < cells.length; r++) {
      for (int c = 0; c < cells[r].length; c++) {
        double drop =
            wires.rowDriverOhms() * loads.of(0, r, c) + wires.rowSegmentOhms() * loads.of(1, r, c);
        lost += drop * cells[r][c];
        all += cells[r][c];
      }
    }
    return lost / all;
  }

  private static Conduction.Sinh law(double readVolts, double rise) {
    // sinh(x) / x = 1 + rise, by Newton's method from x² / 6 = rise.
    double x = Math.sqrt(6 * rise);
    for (int i = 0; i < STEPS; i++) {
      double value = Math.sinh(x) / x;
      x -= (value - 1 - rise) / ((Math.cosh(x) - value) / x);
    }
    return new Conduction.Sinh(readVolts / x);
  }

  /// Currents of all columns where rows are driven so that, seen from outside, they act as these volts would on cells that do
  /// not bend.
  ///
  /// @param acting vectors x rows
  double[][] amps(double[][] siemens, double[][] acting) {
    double scale = drive.scaleVolts();
    double[][] volts = Matrices.copy(acting);
    for (double[] vector : volts) {
      for (int r = 0; r < vector.length; r++) {
        double share = vector[r] / scale;
        vector[r] = scale * Math.log(share + Math.sqrt(1 + share * share));
      }
    }
    return model.amps(siemens, volts);
  }
}
