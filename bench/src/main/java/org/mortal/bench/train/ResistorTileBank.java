package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;
import org.mortal.learning.LearningException;
import org.mortal.learning.task.Task;
import org.mortal.tile.Capability;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;
import org.mortal.tile.WeightUpdate;

/// Two layers of weights as one circuit of resistors, which settles as a whole: [ResistorCircuit].
///
/// Since all settle together, the first tile's product is the state of the hidden units in the whole circuit, and the
/// second tile, which is asked next, answers with the outputs in that same state. Every potential lies between 0 and 1.
final class ResistorTileBank implements TileBank {
  /// Keeps every resistor conducting.
  private static final float LIMIT = 0.95f;

  private static final int HIDDEN = 20;

  private final ResistorCircuit circuit;
  private final List<ResistorTile> tiles;
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
    Shape lower = shapes.get(0);
    circuit = new ResistorCircuit(lower.inputs(), lower.outputs(), shapes.get(1).outputs());
    tiles = shapes.stream().map(ResistorTile::new).toList();
  }

  /// Layer sizes from inputs to classes, with as many outputs as classes.
  static List<Integer> usualSizes(Task task) {
    return List.of(task.inputs(), HIDDEN, task.classes(), task.classes());
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

  /// Settles for each vector; keeps the outputs.
  private void forward(Batch x, Batch y) {
    circuit.take(tiles.get(0).weights, tiles.get(1).weights);
    settledOutputs = Batch.zeros(x.rows(), tiles.get(1).outputs());
    float[] input = new float[x.columns()];
    float[] hidden = new float[y.columns()];
    float[] output = new float[settledOutputs.columns()];
    for (int n = 0; n < x.rows(); n++) {
      x.getRow(n, input);
      circuit.settle(input, null);
      circuit.potentials(hidden, output);
      y.setRow(n, hidden);
      settledOutputs.setRow(n, output);
    }
    queries += x.rows();
  }

  @Override
  public List<Batch> powerSlopes(Batch x, Batch held) {
    circuit.take(tiles.get(0).weights, tiles.get(1).weights);
    List<Batch> sums = new ArrayList<>();
    tiles.forEach(tile -> sums.add(Batch.zeros(tile.inputs(), tile.outputs())));
    float[] input = new float[x.columns()];
    float[] output = held == null ? null : new float[held.columns()];
    for (int n = 0; n < x.rows(); n++) {
      x.getRow(n, input);
      if (held != null) {
        held.getRow(n, output);
      }
      circuit.settle(input, output);
      circuit.addPowerSlopes(sums.get(0), sums.get(1));
    }
    queries += x.rows();
    return sums;
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
