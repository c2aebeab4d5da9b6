package org.mortal.sim;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.ArrayCircuit;
import org.mortal.sim.circuit.network.Solution;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.device.Conduction;

/// Reads that are no fixed linear map: cells that bend their current, lines that float. Each vector is a circuit of its own,
/// solved exactly.
final class CircuitReader {
  private final Geometry geometry;
  private final Wiring wiring;
  private final Conduction law;
  private final Workers workers;
  private final ConcurrentLinkedQueue<ArrayCircuit> idle = new ConcurrentLinkedQueue<>();

  private CircuitReader(Geometry geometry, Wiring wiring, Conduction law, Workers workers) {
    this.geometry = geometry;
    this.wiring = wiring;
    this.law = law;
    this.workers = workers;
  }

  /// For a profile whose reads need one; null where they are one linear map.
  static CircuitReader of(ChipProfile profile, Workers workers) {
    Conduction law = profile.cells().conduction();
    return profile.wiring().fixed() && law instanceof Conduction.Ohmic
        ? null
        : new CircuitReader(profile.geometry(), profile.wiring(), law, workers);
  }

  /// Solves one circuit for each vector.
  ///
  /// @param map what the cells conduct
  /// @param volts vectors x driven rows
  /// @param outputs how many to sense
  Currents read(ArrayMap map, double kelvin, Batch volts, Read.Sense sense, int outputs) {
    Batch amps = Batch.zeros(volts.rows(), outputs);
    Batch variances = map.scatters() ? Batch.zeros(volts.rows(), outputs) : null;
    double[] siemens = cellwise(map.siemens());
    double[] scatter = map.scatter() == null ? null : cellwise(map.scatter());
    double[] watts = new double[volts.rows()];
    Wires wires = wiring.wires().at(kelvin);
    boolean[] sensed = sensed(sense);
    workers.forEach(
        volts.rows(),
        n -> {
          ArrayCircuit circuit = idle.poll();
          if (circuit == null || !circuit.wires().equals(wires)) {
            circuit = new ArrayCircuit(geometry.rows(), geometry.columns(), wires, law);
          }
          Terminals terminals = terminals(volts, n, sensed);
          Solution solution = circuit.solve(siemens, terminals);
          watts[n] = solution.watts(terminals);
          sum(solution.columnAmps(), sense, -1, amps, n);
          if (scatter != null) {
            sum(columnVariances(solution, siemens, scatter), sense, 1, variances, n);
          }
          idle.add(circuit);
        });
    return new Currents.Solved(amps, variances, Arrays.stream(watts).sum());
  }

  private double[] cellwise(float[][] rows) {
    double[] all = new double[geometry.cells()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        all[r * geometry.columns() + c] = rows[r][c];
      }
    }
    return all;
  }

  private boolean[] sensed(Read.Sense sense) {
    boolean[] sensed = new boolean[geometry.columns()];
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    for (int c = 0; c < sensed.length; c++) {
      boolean plus = c < geometry.outputs();
      sensed[c] = !pairs || sense == Read.Sense.ALL || plus == (sense == Read.Sense.PLUS);
    }
    return sensed;
  }

  /// A row that is given nothing or exactly 0 V is not driven.
  private Terminals terminals(Batch volts, int n, boolean[] sensed) {
    double[] rowVolts = new double[geometry.rows()];
    boolean[] driven = new boolean[geometry.rows()];
    for (int i = 0; i < volts.columns(); i++) {
      rowVolts[i] = volts.get(n, i);
      driven[i] = rowVolts[i] != 0;
    }
    return wiring.idle().terminals(rowVolts, driven, sensed);
  }

  /// A cell's noise is in proportion to the current that it carries, by its own voltage.
  private double[] columnVariances(Solution solution, double[] siemens, double[] scatter) {
    double[] variances = new double[geometry.columns()];
    for (int cell = 0; cell < siemens.length; cell++) {
      if (siemens[cell] > 0) {
        double perSiemens = law.amps(solution.cellVolts()[cell], siemens[cell]) / siemens[cell];
        variances[cell % geometry.columns()] += perSiemens * perSiemens * scatter[cell];
      }
    }
    return variances;
  }

  /// What each output gets of its column or its two columns.
  private void sum(double[] columns, Read.Sense sense, int sign, Batch outputs, int n) {
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    for (int j = 0; j < outputs.columns(); j++) {
      double plus = sense == Read.Sense.MINUS ? 0 : columns[j];
      double minus = pairs && sense != Read.Sense.PLUS ? columns[geometry.outputs() + j] : 0;
      outputs.set(n, j, (float) (plus + sign * minus));
    }
  }
}
