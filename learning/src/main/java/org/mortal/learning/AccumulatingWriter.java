package org.mortal.learning;

import java.util.ArrayList;
import java.util.List;
import org.mortal.kernel.Batch;
import org.mortal.tile.Tile;
import org.mortal.tile.WeightUpdate;

/// Adds up steps digitally and writes whole pulses.
///
/// The part of a step that is less than a pulse is kept for later, so nothing is lost to granularity. Heads and biases
/// are digital and take each step at once. Exact weights take what was added up as it is.
///
/// Source: mixed-precision training, Nandakumar et al., Frontiers in Neuroscience 14, 406 (2020).
public final class AccumulatingWriter implements Writer {
  private static final int ROWS = 32;

  private final Network network;
  private final Recipe recipe;
  private final List<Group> groups = new ArrayList<>();
  private long calls;

  public AccumulatingWriter(Network network, Recipe recipe) {
    this.network = network;
    this.recipe = recipe;
    for (Layer layer : network.layers()) {
      groups.add(new Group(layer, recipe.optimiser()));
    }
  }

  /// The state for one layer.
  private static final class Group {
    final Optimiser weights;
    final Optimiser bias;
    final Optimiser headWeights;
    final Optimiser headBias;
    final float[] pending;
    final float[] pendingBias;
    final float[] pendingHead;
    final float[] pendingHeadBias;
    final short[] counts;

    Group(Layer layer, Optimiser.Kind kind) {
      int cells = layer.tile().inputs() * layer.tile().outputs();
      int head = (int) layer.head().weights().length();
      int classes = (int) layer.head().bias().length();
      weights = new Optimiser(kind, cells);
      bias = new Optimiser(kind, layer.tile().outputs());
      headWeights = new Optimiser(kind, head);
      headBias = new Optimiser(kind, classes);
      pending = new float[cells];
      pendingBias = new float[layer.tile().outputs()];
      pendingHead = new float[head];
      pendingHeadBias = new float[classes];
      counts = new short[cells];
    }
  }

  @Override
  public void write(Deltas deltas, double share) {
    calls++;
    float rate = (float) (recipe.rate() * share);
    for (int k = 0; k < network.depth(); k++) {
      Layer layer = network.layer(k);
      Group group = groups.get(k);
      if (deltas.hasLayer(k)) {
        accumulate(group.weights, deltas.layer(k).weights(), rate, group.pending);
        if (calls % recipe.writeEvery() == 0) {
          flush(layer.tile(), group);
        }
        if (Double.isInfinite(layer.tile().biasLimit()) || layer.tile().biasLimit() > 0) {
          stepBias(layer.tile(), group, deltas.layer(k), rate);
        }
      }
      if (deltas.hasHead(k)) {
        stepDigital(
            group.headWeights,
            deltas.head(k).weights(),
            rate,
            group.pendingHead,
            layer.head().weights());
        stepDigital(
            group.headBias, deltas.head(k).bias(), rate, group.pendingHeadBias, layer.head().bias());
      }
    }
  }

  private void accumulate(
      Optimiser optimiser, org.nd4j.linalg.api.ndarray.INDArray gradient, float rate, float[] sums) {
    Batch batch = Tensors.batch(gradient);
    int columns = batch.columns();
    optimiser.begin();
    network
        .kernels()
        .workers()
        .forEach(
            Math.ceilDiv(batch.rows(), ROWS),
            piece -> {
              float[] row = new float[columns];
              int last = Math.min(batch.rows(), (piece + 1) * ROWS);
              for (int i = piece * ROWS; i < last; i++) {
                batch.getRow(i, row);
                optimiser.step(row, rate, i * columns, columns, sums);
              }
            });
  }

  private void flush(Tile tile, Group group) {
    if (tile.weightStep() == 0) {
      Batch increment = Batch.zeros(tile.inputs(), tile.outputs());
      float[] row = new float[tile.outputs()];
      for (int i = 0; i < tile.inputs(); i++) {
        System.arraycopy(group.pending, i * row.length, row, 0, row.length);
        increment.setRow(i, row);
      }
      java.util.Arrays.fill(group.pending, 0f);
      tile.apply(new WeightUpdate.Increment(increment));
      return;
    }
    float step = (float) tile.weightStep();
    float perStep = 1 / step;
    int columns = tile.outputs();
    network
        .kernels()
        .workers()
        .forEach(
            Math.ceilDiv(tile.inputs(), ROWS),
            piece -> {
              int first = piece * ROWS * columns;
              int last = Math.min(tile.inputs(), (piece + 1) * ROWS) * columns;
              for (int i = first; i < last; i++) {
                int pulses = (int) (group.pending[i] * perStep);
                group.pending[i] -= pulses * step;
                group.counts[i] = (short) pulses;
              }
            });
    tile.apply(new WeightUpdate.Pulses(group.counts));
  }

  private static void stepBias(Tile tile, Group group, Deltas.Gradient gradient, float rate) {
    float[] row = new float[tile.outputs()];
    Tensors.batch(gradient.bias()).getRow(0, row);
    float[] bias = tile.bias();
    group.bias.begin();
    group.bias.step(row, rate, 0, row.length, group.pendingBias);
    for (int j = 0; j < bias.length; j++) {
      bias[j] += group.pendingBias[j];
      group.pendingBias[j] = 0;
    }
    tile.setBias(bias);
  }

  private void stepDigital(
      Optimiser optimiser,
      org.nd4j.linalg.api.ndarray.INDArray gradient,
      float rate,
      float[] sums,
      org.nd4j.linalg.api.ndarray.INDArray target) {
    accumulate(optimiser, gradient, rate, sums);
    Batch batch = Tensors.batch(target);
    float[] row = new float[batch.columns()];
    for (int i = 0; i < batch.rows(); i++) {
      batch.getRow(i, row);
      for (int j = 0; j < row.length; j++) {
        row[j] += sums[i * row.length + j];
      }
      batch.setRow(i, row);
    }
    java.util.Arrays.fill(sums, 0f);
  }
}
