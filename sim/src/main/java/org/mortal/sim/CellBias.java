package org.mortal.sim;

import org.mortal.chip.Cell;
import org.mortal.chip.Geometry;
import org.mortal.sim.circuit.network.ArrayCircuit;
import org.mortal.sim.circuit.network.LoneCell;
import org.mortal.sim.circuit.network.Solution;
import org.mortal.sim.circuit.network.WriteBias;
import org.mortal.sim.device.Conduction;

/// The voltages that the cells of an array see while one of them is pulsed.
sealed interface CellBias {

  /// What the cells see.
  ///
  /// @param watts that all sources together deliver
  interface Seen {
    /// From row to column, so positive for a SET pulse on the selected cell.
    double volts(int cell);

    double watts();
  }

  /// While `cell` gets a pulse of `volts`.
  ///
  /// @param siemens of all cells, row by row
  /// @param last what they saw at the pulse before, to the same cell in the same train; null for the first
  Seen at(Cell cell, double volts, double[] siemens, Seen last);

  /// Whether other cells than the selected one see anything.
  default boolean reachesOthers() {
    return true;
  }

  /// The simplest way that is exact for a profile.
  static CellBias of(ChipProfile profile) {
    Wiring wiring = profile.wiring();
    Geometry geometry = profile.geometry();
    Conduction law = profile.cells().conduction();
    if (wiring.write() == WriteBias.ISOLATED) {
      return new Alone(geometry, new LoneCell(geometry.rows(), wiring.wires(), law));
    }
    return wiring.perfect() && wiring.write() != WriteBias.FLOATING
        ? new Perfect(geometry, wiring.write(), law)
        : new Solved(
            wiring.write(),
            new ArrayCircuit(geometry.rows(), geometry.columns(), wiring.wires(), law),
            geometry.columns());
  }

  /// Only the selected cell conducts.
  record Alone(Geometry geometry, LoneCell lone) implements CellBias {
    @Override
    public boolean reachesOthers() {
      return false;
    }

    @Override
    public Seen at(Cell cell, double volts, double[] siemens, Seen last) {
      int selected = geometry.index(cell);
      double left = lone.volts(cell, siemens[selected], volts);
      double watts = volts * lone.law().amps(left, siemens[selected]);
      return new Seen() {
        @Override
        public double volts(int index) {
          return index == selected ? left : 0;
        }

        @Override
        public double watts() {
          return watts;
        }
      };
    }
  }

  /// Lines without resistance, all driven: a cell sees what its row and its column are at.
  record Perfect(Geometry geometry, WriteBias scheme, Conduction law) implements CellBias {
    @Override
    public Seen at(Cell cell, double volts, double[] siemens, Seen last) {
      int columns = geometry.columns();
      double[] seen = new double[geometry.cells()];
      double watts = 0;
      for (int index = 0; index < seen.length; index++) {
        boolean row = index / columns == cell.row();
        boolean column = index % columns == cell.column();
        seen[index] = scheme.perfectVolts(row, column, volts);
        if (seen[index] != 0) {
          watts += seen[index] * law.amps(seen[index], siemens[index]);
        }
      }
      return new Everywhere(seen, watts);
    }
  }

  /// Any wires, any lines: a circuit for each pulsed cell.
  record Solved(WriteBias scheme, ArrayCircuit circuit, int columns) implements CellBias {
    @Override
    public Seen at(Cell cell, double volts, double[] siemens, Seen last) {
      // Little changes from pulse to pulse. A train begins anew, so that its bits are its own.
      Solution solution =
          last == null
              ? scheme.solve(circuit, siemens, cell, volts)
              : scheme.solveNext(circuit, siemens, cell, volts);
      double watts = solution.watts(scheme.terminals(circuit.rows(), columns, cell, volts));
      return new Everywhere(solution.cellVolts(), watts);
    }
  }

  /// A voltage for each cell.
  record Everywhere(double[] cellVolts, double watts) implements Seen {
    @Override
    public double volts(int cell) {
      return cellVolts[cell];
    }
  }
}
