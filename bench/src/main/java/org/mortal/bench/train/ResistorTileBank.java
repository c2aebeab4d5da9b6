package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;
import org.mortal.learning.LearningException;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.LineConjugateGradients;
import org.mortal.sim.circuit.network.LinearSolver;
import org.mortal.sim.circuit.network.NodeEquations;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.tile.Capability;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;
import org.mortal.tile.WeightUpdate;

/// Two layers of weights as one circuit of resistors, which settles as a whole, wires and all.
///
/// It is one crossbar. Two of its rows are driven by each input, to a potential of `x` and of `1 - x`; one row is an output,
/// which floats or is held; the columns float and are the hidden units. A weight of the first tile is the pair of
/// resistors between a hidden unit and an input, of `1 + w` and `1 - w` units; one of the second is the resistor of `1 + w`
/// units between a hidden unit and an output. Every potential lies between 0 and 1.
///
/// Since all settle together, the first tile's product is the state of the hidden units in the whole circuit, and the
/// second tile, which is asked next, answers with the outputs in that same state.
///
/// The circuit is linear; its solver is exact. Source: Stern, Hexner, Rocks, Liu, Physical Review X 11, 021045 (2021).
final class ResistorTileBank implements TileBank {
  private static final double UNIT_SIEMENS = 100e-6;

  /// A short line of copper on a chip.
  private static final Wires WIRES = Wires.uniform(1);

  /// Keeps every resistor conducting.
  private static final float LIMIT = 0.95f;

  private final int inputs;
  private final int hidden;
  private final int outputs;
  private final List<ResistorTile> tiles;
  private final LinearSolver free;
  private final LinearSolver held;
  private Batch settledOutputs;
  private long queries;
  private long writes;

  /// @throws LearningException unless there are two tiles, one behind the other
  ResistorTileBank(List<Shape> shapes) {
    if (shapes.size() != 2) {
      throw new LearningException(
          "a circuit of resistors has two layers, not %d: give inputs, hidden units, outputs and classes, such as 784,20,10,10"
              .formatted(shapes.size()));
    }
    inputs = shapes.get(0).inputs();
    hidden = shapes.get(0).outputs();
    outputs = shapes.get(1).outputs();
    tiles = shapes.stream().map(ResistorTile::new).toList();
    double[] floating = new double[hidden];
    Arrays.fill(floating, Double.NaN);
    free = solver(rows(Double.NaN), floating);
    held = solver(rows(0), floating);
  }

  private double[] rows(double output) {
    double[] volts = new double[2 * inputs + outputs];
    Arrays.fill(volts, 2 * inputs, volts.length, output);
    return volts;
  }

  private static LinearSolver solver(double[] rowVolts, double[] columnVolts) {
    return new LineConjugateGradients(
        NodeEquations.of(WIRES, new Terminals(rowVolts, columnVolts)));
  }

  @Override
  public String name() {
    return Rig.RESISTORS;
  }

  @Override
  public List<Tile> tiles() {
    return List.copyOf(tiles);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.HELD_OUTPUTS);
  }

  @Override
  public Usage usage() {
    return new Usage(queries, 0, 0, writes, 0, 0, 0);
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  /// Potentials at all nodes for one vector.
  ///
  /// @param output potentials that the outputs are held at, or null
  private double[] settle(LinearSolver solver, float[] x, float[] output) {
    NodeEquations equations = solver.equations();
    double[] rows = rows(Double.NaN);
    for (int i = 0; i < inputs; i++) {
      rows[2 * i] = x[i];
      rows[2 * i + 1] = 1 - x[i];
    }
    for (int o = 0; output != null && o < outputs; o++) {
      rows[2 * inputs + o] = output[o];
    }
    double[] columns = new double[hidden];
    Arrays.fill(columns, Double.NaN);
    double[] amps = new double[equations.nodes()];
    double[] volts = new double[equations.nodes()];
    equations.inject(new Terminals(rows, columns), amps, volts);
    solver.solve(amps, volts);
    return volts;
  }

  private double[] siemens() {
    double[] siemens = new double[(2 * inputs + outputs) * hidden];
    for (int h = 0; h < hidden; h++) {
      for (int i = 0; i < inputs; i++) {
        float weight = tiles.get(0).weights.get(i, h);
        siemens[2 * i * hidden + h] = UNIT_SIEMENS * (1 + weight);
        siemens[(2 * i + 1) * hidden + h] = UNIT_SIEMENS * (1 - weight);
      }
      for (int o = 0; o < outputs; o++) {
        siemens[(2 * inputs + o) * hidden + h] =
            UNIT_SIEMENS * (1 + tiles.get(1).weights.get(h, o));
      }
    }
    return siemens;
  }

  /// Settles for each vector; keeps the outputs.
  private void forward(Batch x, Batch y) {
    NodeEquations equations = free.equations();
    free.conductances(siemens());
    settledOutputs = Batch.zeros(x.rows(), outputs);
    float[] row = new float[inputs];
    for (int n = 0; n < x.rows(); n++) {
      x.getRow(n, row);
      double[] volts = settle(free, row, null);
      for (int h = 0; h < hidden; h++) {
        y.set(n, h, (float) volts[equations.bit(equations.rows() - 1, h)]);
      }
      for (int o = 0; o < outputs; o++) {
        settledOutputs.set(n, o, (float) volts[equations.word(2 * inputs + o, 0)]);
      }
    }
    queries += x.rows();
  }

  @Override
  public List<Batch> powerSlopes(Batch x, Batch heldOutputs) {
    LinearSolver solver = heldOutputs == null ? free : held;
    solver.conductances(siemens());
    List<Batch> sums = new ArrayList<>();
    tiles.forEach(tile -> sums.add(Batch.zeros(tile.inputs(), tile.outputs())));
    float[] row = new float[inputs];
    float[] output = new float[outputs];
    for (int n = 0; n < x.rows(); n++) {
      x.getRow(n, row);
      if (heldOutputs != null) {
        heldOutputs.getRow(n, output);
      }
      double[] volts = settle(solver, row, heldOutputs == null ? null : output);
      addSlopes(solver.equations(), volts, sums);
    }
    queries += x.rows();
    return sums;
  }

  /// A resistor's own part of the power is its conductance times the square of the voltage across it; the settled potentials
  /// change no power to first order.
  private void addSlopes(NodeEquations equations, double[] volts, List<Batch> sums) {
    for (int h = 0; h < hidden; h++) {
      for (int i = 0; i < inputs; i++) {
        double difference =
            square(equations, volts, 2 * i, h) - square(equations, volts, 2 * i + 1, h);
        sums.get(0).set(i, h, sums.get(0).get(i, h) + (float) difference);
      }
      for (int o = 0; o < outputs; o++) {
        double square = square(equations, volts, 2 * inputs + o, h);
        sums.get(1).set(h, o, sums.get(1).get(h, o) + (float) square);
      }
    }
  }

  private static double square(NodeEquations equations, double[] volts, int row, int column) {
    double across = volts[equations.word(row, column)] - volts[equations.bit(row, column)];
    return across * across;
  }

  private final class ResistorTile implements Tile {
    private final Batch weights;

    ResistorTile(Shape shape) {
      weights = Batch.zeros(shape.inputs(), shape.outputs());
    }

    @Override
    public int inputs() {
      return weights.rows();
    }

    @Override
    public int outputs() {
      return weights.columns();
    }

    @Override
    public Set<Capability> capabilities() {
      return ResistorTileBank.this.capabilities();
    }

    @Override
    public void forward(Batch x, Batch probes, Batch y) {
      if (probes != null) {
        throw new UnsupportedOperationException("a circuit of resistors has no biases");
      }
      if (this == tiles.getFirst()) {
        ResistorTileBank.this.forward(x, y);
      } else {
        y.copyFrom(settledOutputs);
      }
    }

    @Override
    public float[] bias() {
      return new float[outputs()];
    }

    @Override
    public void setBias(float[] bias) {
      // There is none: every bias is beyond the limit of 0.
    }

    @Override
    public double biasLimit() {
      return 0;
    }

    @Override
    public double apply(WeightUpdate update) {
      switch (update) {
        case WeightUpdate.Increment(var change) -> {
          for (int i = 0; i < inputs(); i++) {
            for (int j = 0; j < outputs(); j++) {
              set(i, j, weights.get(i, j) + change.get(i, j));
            }
          }
        }
        case WeightUpdate.Program(var target, var _) -> {
          for (int i = 0; i < inputs(); i++) {
            for (int j = 0; j < outputs(); j++) {
              set(i, j, target.get(i, j));
            }
          }
        }
        case WeightUpdate.Pulses _ ->
            throw new UnsupportedOperationException("these resistors are not changed by pulses");
      }
      writes += (long) inputs() * outputs();
      return 1;
    }

    private void set(int i, int j, float weight) {
      weights.set(i, j, Math.clamp(weight, -LIMIT, LIMIT));
    }

    @Override
    public Batch nominalWeights() {
      return measureWeights(1);
    }

    @Override
    public Batch measureWeights(int repeats) {
      Batch copy = Batch.zeros(inputs(), outputs());
      copy.copyFrom(weights);
      return copy;
    }

    @Override
    public double weightLimit() {
      return LIMIT;
    }

    @Override
    public double weightStep() {
      return 0;
    }
  }
}
