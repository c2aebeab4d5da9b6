package org.mortal.bench.calibrate.wires;

import java.util.Arrays;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.ArrayCircuit;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.circuit.network.TransferMatrix;
import org.mortal.sim.device.Conduction;

/// What an array of cells and wires makes of voltages, exactly.
///
/// @param law how the current of a cell bends; all cells alike
record LineModel(Wires wires, Conduction law, Workers workers) {
  /// Vectors that one circuit solves one after the other.
  private static final int PIECE = 8;

  /// Ohmic cells.
  static LineModel ohmic(Wires wires, Workers workers) {
    return new LineModel(wires, new Conduction.Ohmic(), workers);
  }

  /// What one volt at each row drives out of each column while all other lines are held, as cells conduct at low voltage;
  /// rows x columns.
  double[][] map(double[][] siemens) {
    int rows = siemens.length;
    int columns = siemens[0].length;
    TransferMatrix matrix = TransferMatrix.of(conducting(siemens), rows, columns, wires, workers);
    double[][] map = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        map[r][c] = matrix.siemens(r, c);
      }
    }
    return map;
  }

  /// The currents of all columns for vectors of row voltages; a row at NaN floats.
  double[][] amps(double[][] siemens, double[][] volts) {
    double[] cells = conducting(siemens);
    int columns = siemens[0].length;
    double[][] amps = new double[volts.length][];
    workers.forEach(
        Math.ceilDiv(volts.length, PIECE),
        piece -> {
          ArrayCircuit circuit = new ArrayCircuit(siemens.length, columns, wires, law);
          int end = Math.min(volts.length, (piece + 1) * PIECE);
          for (int n = piece * PIECE; n < end; n++) {
            amps[n] =
                circuit.solve(cells, new Terminals(volts[n], new double[columns])).columnAmps();
          }
        });
    return amps;
  }

  /// Cells one after the other; what noise made negative conducts nothing.
  private static double[] conducting(double[][] siemens) {
    return Arrays.stream(siemens)
        .flatMapToDouble(Arrays::stream)
        .map(one -> Math.max(0, one))
        .toArray();
  }
}
