package org.mortal.bench.calibrate.wires;

import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;

/// Cells whose current bends, behind wires.
///
/// Of the ways in which a current can grow with the voltage, either sign alike, low voltages see the cubic term alone; so a
/// law that has one stands for all.
///
/// @param law of all cells
/// @param model of the array
record BentCells(Conduction.Sinh law, LineModel model) {
  private static final int STEPS = 8;

  static BentCells of(WireTask.Bend bend, Wires wires, Workers workers) {
    // sinh(x) / x = 1 + rise, by Newton's method from x² / 6 = rise.
    double x = Math.sqrt(6 * bend.rise());
    for (int i = 0; i < STEPS; i++) {
      double value = Math.sinh(x) / x;
      x -= (value - 1 - bend.rise()) / ((Math.cosh(x) - value) / x);
    }
    Conduction.Sinh law = new Conduction.Sinh(bend.readVolts() / x);
    return new BentCells(law, new LineModel(wires, law, workers));
  }

  /// Currents of all columns where rows are driven so that they act as these volts would on cells that do not bend.
  ///
  /// @param acting vectors x rows
  double[][] amps(double[][] siemens, double[][] acting) {
    double scale = law.scaleVolts();
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
