package org.mortal.bench.train;

import java.util.Arrays;
import org.mortal.kernel.Batch;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.LineConjugateGradients;
import org.mortal.sim.circuit.network.LinearSolver;
import org.mortal.sim.circuit.network.NodeEquations;
import org.mortal.sim.circuit.network.Terminals;

/// A circuit of resistors between inputs, hidden units and outputs, solved exactly, wires and all.
///
/// It is one crossbar. Two of its rows are driven by each input, to a potential of `x` and of `1 - x`; one row is an output,
/// which floats or is held; the columns float and are the hidden units. A weight between an input and a hidden unit is a
/// pair of resistors, of `1 + w` and `1 - w` units; one between a hidden unit and an output is one of `1 + w` units.
///
/// One thread at a time. Source of the use: Stern, Hexner, Rocks, Liu, Physical Review X 11, 021045 (2021).
final class ResistorCircuit {
  /// With [#WIRES] a potential reaches some 3,000 cells along a line: units stay units for pictures too.
  private static final double UNIT_SIEMENS = 1e-6;

  /// A trace on a board.
  private static final Wires WIRES = Wires.uniform(0.1);

  private final int inputs;
  private final int hidden;
  private final int outputs;
  private final LinearSolver free;
  private final LinearSolver held;
  private final double[] amps;
  private final double[] volts;

  ResistorCircuit(int inputs, int hidden, int outputs) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.outputs = outputs;
    float[] x = new float[inputs];
    free = new LineConjugateGradients(NodeEquations.of(WIRES, terminals(x, null)));
    held = new LineConjugateGradients(NodeEquations.of(WIRES, terminals(x, new float[outputs])));
    amps = new double[free.equations().nodes()];
    volts = new double[amps.length];
  }

  private Terminals terminals(float[] x, float[] output) {
    double[] rows = new double[2 * inputs + outputs];
    for (int i = 0; i < inputs; i++) {
      rows[2 * i] = x[i];
      rows[2 * i + 1] = 1 - x[i];
    }
    for (int o = 0; o < outputs; o++) {
      rows[2 * inputs + o] = output == null ? Double.NaN : output[o];
    }
    double[] columns = new double[hidden];
    Arrays.fill(columns, Double.NaN);
    return new Terminals(rows, columns);
  }

  /// Takes new weights.
  ///
  /// @param lower inputs x hidden units, above -1 and below 1
  /// @param upper hidden units x outputs, likewise
  void take(Batch lower, Batch upper) {
    double[] siemens = new double[(2 * inputs + outputs) * hidden];
    for (int h = 0; h < hidden; h++) {
      for (int i = 0; i < inputs; i++) {
        siemens[2 * i * hidden + h] = UNIT_SIEMENS * (1 + lower.get(i, h));
        siemens[(2 * i + 1) * hidden + h] = UNIT_SIEMENS * (1 - lower.get(i, h));
      }
      for (int o = 0; o < outputs; o++) {
        siemens[(2 * inputs + o) * hidden + h] = UNIT_SIEMENS * (1 + upper.get(h, o));
      }
    }
    free.conductances(siemens);
    held.conductances(siemens);
  }

  /// Finds the potentials of all nodes for one vector.
  ///
  /// @param output potentials that the outputs are held at, or null where they float
  void settle(float[] x, float[] output) {
    LinearSolver solver = output == null ? free : held;
    Arrays.fill(amps, 0);
    Arrays.fill(volts, 0);
    solver.equations().inject(terminals(x, output), amps, volts);
    solver.solve(amps, volts);
  }

  /// The settled potentials of hidden units and outputs, at the ends of their lines.
  void potentials(float[] ofHidden, float[] ofOutputs) {
    NodeEquations equations = free.equations();
    for (int h = 0; h < hidden; h++) {
      ofHidden[h] = (float) volts[equations.bit(equations.rows() - 1, h)];
    }
    for (int o = 0; o < outputs; o++) {
      ofOutputs[o] = (float) volts[equations.word(2 * inputs + o, 0)];
    }
  }

  /// Adds the derivatives of the settled power by all weights, in units of the resistors.
  ///
  /// A resistor's own part of the power is its conductance times the square of the voltage across it. Free potentials are where
  /// the power is least, so that they move with a weight changes it by nothing.
  void addPowerSlopes(Batch lower, Batch upper) {
    for (int h = 0; h < hidden; h++) {
      for (int i = 0; i < inputs; i++) {
        double slope = square(2 * i, h) - square(2 * i + 1, h);
        lower.set(i, h, lower.get(i, h) + (float) slope);
      }
      for (int o = 0; o < outputs; o++) {
        upper.set(h, o, upper.get(h, o) + (float) square(2 * inputs + o, h));
      }
    }
  }

  private double square(int row, int column) {
    NodeEquations equations = free.equations();
    double across = volts[equations.word(row, column)] - volts[equations.bit(row, column)];
    return across * across;
  }
}
