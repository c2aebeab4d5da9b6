package org.mortal.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.ArrayCircuit;
import org.mortal.sim.circuit.network.Solution;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.device.Conduction;

/// Reads that are no fixed linear map: cells that bend their current, lines that float. Each vector is a circuit of its own,
/// solved exactly; where every line is held and has no resistance, the currents of the cells add up ([BentProducts]).
final class CircuitReader {
  private static final int MOST_KNOWN = 4096;

  private final Geometry geometry;
  private final Wiring wiring;
  private final Conduction law;
  private final Workers workers;

  /// Null where wires, floating lines or the law ask for a circuit.
  private final BentProducts products;

  private final ConcurrentLinkedQueue<ArrayCircuit> idle = new ConcurrentLinkedQueue<>();

  /// What vectors came to since the cells last changed: those who average over reads ask the same again and again.
  private final Map<Vector, Flow> known = new ConcurrentHashMap<>();

  private Object knownFor;

  private CircuitReader(ChipProfile profile, Kernels kernels) {
    this.geometry = profile.geometry();
    this.wiring = profile.wiring();
    this.law = profile.cells().conduction();
    this.workers = kernels.workers();
    List<Conduction.Term> terms = law.terms(profile.dac().fullScaleVolts());
    boolean held = wiring.perfect() && wiring.fixed();
    this.products =
        held && !terms.isEmpty() ? new BentProducts(geometry, terms, kernels.single()) : null;
  }

  /// For a profile whose reads need one; null where they are one linear map.
  static CircuitReader of(ChipProfile profile, Kernels kernels) {
    return profile.wiring().fixed() && profile.cells().conduction() instanceof Conduction.Ohmic
        ? null
        : new CircuitReader(profile, kernels);
  }

  /// Everything that a solution depends on beside the cells.
  private record Vector(List<Float> volts, Read.Sense sense) {
    static Vector of(Batch volts, int n, Read.Sense sense) {
      List<Float> row = new ArrayList<>(volts.columns());
      for (int i = 0; i < volts.columns(); i++) {
        row.add(volts.get(n, i));
      }
      return new Vector(row, sense);
    }
  }

  /// What flows for one vector: out of each column, its variance, and the power that the drivers give.
  private record Flow(double[] amps, double[] variances, double watts) {}

  /// Solves one circuit for each vector.
  ///
  /// @param cells what they conduct
  /// @param uniform variance of conductance that all cells have besides
  /// @param volts vectors x driven rows
  /// @param outputs how many to sense
  Currents read(
      PresentCells cells,
      double uniform,
      double kelvin,
      Batch volts,
      Read.Sense sense,
      int outputs) {
    if (products != null) {
      return products.read(cells, uniform, volts, sense, outputs);
    }
    Batch amps = Batch.zeros(volts.rows(), outputs);
    boolean noisy = cells.variance() != null || uniform > 0;
    Batch variances = noisy ? Batch.zeros(volts.rows(), outputs) : null;
    double[] siemens = cellwise(cells.siemens());
    double[] variance =
        cells.variance() == null ? new double[siemens.length] : cellwise(cells.variance());
    Arrays.setAll(variance, cell -> variance[cell] + uniform);
    double[] watts = new double[volts.rows()];
    Wires wires = wiring.wires().at(kelvin);
    forget(List.of(cells.version(), wires));
    workers.forEach(
        volts.rows(),
        n -> {
          Flow flow =
              known(
                  Vector.of(volts, n, sense),
                  () -> solve(siemens, variance, wires, terminals(volts, n, sensed(sense))));
          watts[n] = flow.watts();
          sum(flow.amps(), sense, -1, amps, n);
          if (noisy) {
            sum(flow.variances(), sense, 1, variances, n);
          }
        });
    return new Currents.Solved(amps, variances, Arrays.stream(watts).sum());
  }

  private void forget(Object cellsAndWires) {
    if (!cellsAndWires.equals(knownFor)) {
      known.clear();
      knownFor = cellsAndWires;
    }
  }

  private Flow known(Vector vector, Supplier<Flow> solution) {
    Flow flow = known.get(vector);
    if (flow == null) {
      flow = solution.get();
      if (known.size() < MOST_KNOWN) {
        known.put(vector, flow);
      }
    }
    return flow;
  }

  private Flow solve(double[] siemens, double[] variance, Wires wires, Terminals terminals) {
    ArrayCircuit circuit = idle.poll();
    if (circuit == null || !circuit.wires().equals(wires)) {
      circuit = new ArrayCircuit(geometry.rows(), geometry.columns(), wires, law);
    }
    Solution solution = circuit.solve(siemens, terminals);
    idle.add(circuit);
    double[] variances = new double[geometry.columns()];
    for (int cell = 0; cell < siemens.length; cell++) {
      double current = law.amps(solution.cellVolts()[cell], siemens[cell]);
      variances[cell % variances.length] += ofAmps(current, siemens[cell], variance[cell]);
    }
    return new Flow(solution.columnAmps(), variances, solution.watts(terminals));
  }

  /// A cell's noise is in proportion to the current that it carries.
  private static double ofAmps(double amps, double siemens, double ofSiemens) {
    double perSiemens = siemens > 0 ? amps / siemens : 0;
    return perSiemens * perSiemens * ofSiemens;
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

  private void sum(double[] columns, Read.Sense sense, int sign, Batch outputs, int n) {
    for (int j = 0; j < outputs.columns(); j++) {
      outputs.set(n, j, Outputs.of(geometry, columns, sense, sign, j));
    }
  }
}
