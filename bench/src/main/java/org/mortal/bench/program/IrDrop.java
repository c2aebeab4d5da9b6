package org.mortal.bench.program;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Workers;
import org.mortal.sim.SimChip;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.TransferMatrix;
import org.mortal.sim.device.Conduction;

/// What wires do to products: by how much of what it should be the current of a column is off, on average over columns and random
/// vectors. Exact currents from the hidden truth; for scores on simulated chips only.
///
/// @param exact of an array whose cells were at their targets exactly
/// @param programmed of the array as it is
public record IrDrop(double exact, double programmed) {
  /// Of a chip without wires, with cells that bend their currents, or that nobody can look into.
  static final IrDrop NONE = new IrDrop(Double.NaN, Double.NaN);

  private static final int VECTORS = 32;

  /// The loss of an array.
  ///
  /// @param targets of all cells in siemens, row-major
  static IrDrop of(SimChip chip, int array, float[] targets) {
    Wires wires = chip.profile().wiring().wires();
    boolean straight = chip.profile().cells().conduction() instanceof Conduction.Ohmic;
    if (wires.equals(Wires.PERFECT) || !straight) {
      return NONE;
    }
    double[] exact = new double[targets.length];
    double[] programmed = new double[targets.length];
    int columns = chip.profile().geometry().columns();
    double[][] truth = chip.truth(array).siemens();
    for (int i = 0; i < targets.length; i++) {
      exact[i] = targets[i];
      programmed[i] = truth[i / columns][i % columns];
    }
    Geometry geometry = chip.profile().geometry();
    return new IrDrop(
        deviation(geometry, wires, exact, exact), deviation(geometry, wires, exact, programmed));
  }

  private static double deviation(
      Geometry geometry, Wires wires, double[] wanted, double[] siemens) {
    // One thread: an array of this size is made in a fraction of a second.
    TransferMatrix map =
        TransferMatrix.of(siemens, geometry.rows(), geometry.columns(), wires, new Workers(1));
    Philox random = new Philox(Philox.key(0, 0));
    double sum = 0;
    for (int n = 0; n < VECTORS; n++) {
      double[] volts = random.doubles(geometry.rows()).toArray();
      double[] amps = map.amps(volts);
      for (int c = 0; c < amps.length; c++) {
        double ideal = 0;
        for (int r = 0; r < volts.length; r++) {
          ideal += volts[r] * wanted[r * amps.length + c];
        }
        sum += Math.abs(ideal - amps[c]) / ideal;
      }
    }
    return sum / VECTORS / geometry.columns();
  }
}
