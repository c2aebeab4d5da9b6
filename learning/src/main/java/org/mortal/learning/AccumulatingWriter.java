package org.mortal.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mortal.kernel.Batch;
import org.mortal.tile.Tile;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Adds up steps digitally and writes whole pulses.
///
/// The part of a step that is less than a pulse is kept for later, so nothing is lost to granularity. Heads and biases
/// are digital and take each step at once. Exact weights take what was added up as it is.
///
/// Source: mixed-precision training, Nandakumar et al., Frontiers in Neuroscience 14, 406 (2020).
public final class AccumulatingWriter implements Writer {
  private final Network network;
  private final Recipe recipe;
  private final int every;
  private final boolean shared;
  private final double decay;
  private final List<Group> groups = new ArrayList<>();
  private long calls;

  public AccumulatingWriter(Network network, Recipe recipe, Writing.Accumulated writing) {
    this.network = network;
    this.recipe = recipe;
    this.every = writing.every();
    this.shared = writing.shared();
    this.decay = writing.decay();
    for (Layer layer : network.layers()) {
      groups.add(new Group(layer, writing));
    }
  }

  /// The optimiser of one matrix or vector, and its steps that were not written yet.
  private static final class Accumulator {
    final Optimiser optimiser;
    final float[][] pending;

    Accumulator(Optimiser.Kind kind, int rows, int columns) {
      optimiser = new Optimiser(kind, rows, columns);
      pending = new float[rows][columns];
    }
  }

  /// The state for one layer.
  private static final class Group {
    final Accumulator weights;
    final Accumulator bias;
    final Accumulator headWeights;
    final Accumulator headBias;
    final short[] counts;

    /// Null where steps are not centred; so it is where the hardware has no bias that could give way.
    final Centring centring;

    Group(Layer layer, Writing.Accumulated writing) {
      Tile tile = layer.tile();
      Optimiser.Kind kind = writing.optimiser();
      centring = writing.centred() && tile.biasLimit() > 0 ? new Centring(tile.inputs()) : null;
      int classes = (int) layer.head().bias().length();
      weights = new Accumulator(kind, tile.inputs(), tile.outputs());
      bias = new Accumulator(kind, 1, tile.outputs());
      headWeights = new Accumulator(kind, tile.outputs(), classes);
      headBias = new Accumulator(kind, 1, classes);
      counts = new short[tile.inputs() * tile.outputs()];
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
        if (group.centring != null) {
          centre(group.centring, deltas, k);
        }
        float weightRate = shared ? rate / (float) Math.sqrt(group.counts.length) : rate;
        accumulate(group.weights, deltas.layer(k).weights(), weightRate);
        if (decay > 0) {
          decay(layer.tile().nominalWeights(), weightRate, group.weights.pending);
        }
        if (calls % every == 0) {
          flush(layer.tile(), group);
        }
        if (layer.tile().biasLimit() > 0) {
          stepBias(layer.tile(), group.bias, deltas.layer(k).bias(), rate);
        }
      }
      if (deltas.hasHead(k)) {
        float headRate = (float) (rate * recipe.headRate());
        if (decay > 0) {
          decay(Tensors.batch(layer.head().weights()), rate, group.headWeights.pending);
        }
        stepDigital(group.headWeights, deltas.head(k).weights(), headRate, layer.head().weights());
        stepDigital(group.headBias, deltas.head(k).bias(), headRate, layer.head().bias());
      }
    }
  }

  private void accumulate(Accumulator sums, INDArray gradient, float rate) {
    Batch batch = Tensors.batch(gradient);
    sums.optimiser.begin();
    network.forRows(
        batch.rows(),
        (from, to) -> {
          float[] row = new float[batch.columns()];
          for (int i = from; i < to; i++) {
            batch.getRow(i, row);
            sums.optimiser.step(i, row, rate, sums.pending[i]);
          }
        });
  }

  /// Lets weights shrink, as they were meant when written: cells are not read for it.
  private void decay(Batch weights, double rate, float[][] pending) {
    float share = (float) (rate * decay);
    float[] row = new float[weights.columns()];
    for (int i = 0; i < pending.length; i++) {
      weights.getRow(i, row);
      for (int j = 0; j < row.length; j++) {
        pending[i][j] -= share * row[j];
      }
    }
  }

  /// Takes the common part of the inputs out of the gradient of layer `k`, in place.
  private void centre(Centring centring, Deltas deltas, int k) {
    Optional<float[]> mean = deltas.meanInput(k);
    centring.meet(mean);
    if (mean.isEmpty()) {
      return;
    }
    Batch gradient = Tensors.batch(deltas.layer(k).weights());
    float[] bias = new float[gradient.columns()];
    Tensors.batch(deltas.layer(k).bias()).getRow(0, bias);
    network.forRows(
        gradient.rows(),
        (from, to) -> {
          float[] row = new float[bias.length];
          for (int i = from; i < to; i++) {
            gradient.getRow(i, row);
            Centring.centre(row, mean.get()[i], bias);
            gradient.setRow(i, row);
          }
        });
  }

  private void flush(Tile tile, Group group) {
    if (tile.weightStep() == 0) {
      float[] answer = new float[tile.outputs()];
      Batch increment = Batch.zeros(tile.inputs(), tile.outputs());
      for (int i = 0; i < tile.inputs(); i++) {
        increment.setRow(i, group.weights.pending[i]);
        if (group.centring != null) {
          group.centring.answer(i, group.weights.pending[i], answer);
        }
        Arrays.fill(group.weights.pending[i], 0f);
      }
      tile.apply(new WeightUpdate.Increment(increment));
      if (group.centring != null) {
        giveWay(tile, answer);
      }
      return;
    }
    float step = (float) tile.weightStep();
    network.forRows(
        tile.inputs(),
        (from, to) -> {
          short[] counts = new short[tile.outputs()];
          for (int i = from; i < to; i++) {
            takeWholePulses(group.weights.pending[i], step, counts);
            System.arraycopy(counts, 0, group.counts, i * counts.length, counts.length);
          }
        });
    tile.apply(new WeightUpdate.Pulses(group.counts));
    if (group.centring != null) {
      float[] answer = new float[tile.outputs()];
      short[] counts = new short[tile.outputs()];
      for (int i = 0; i < tile.inputs(); i++) {
        System.arraycopy(group.counts, i * counts.length, counts, 0, counts.length);
        group.centring.answer(i, counts, step, answer);
      }
      giveWay(tile, answer);
    }
  }

  /// Takes from the bias what the weights have just put on the answer to the mean input.
  private static void giveWay(Tile tile, float[] answer) {
    float[] bias = tile.bias();
    for (int j = 0; j < bias.length; j++) {
      bias[j] -= answer[j];
    }
    tile.setBias(bias);
  }

  private static void takeWholePulses(float[] pending, float step, short[] counts) {
    float perStep = 1 / step;
    for (int j = 0; j < counts.length; j++) {
      int pulses = (int) (pending[j] * perStep);
      pending[j] -= pulses * step;
      counts[j] = (short) pulses;
    }
  }

  private static void stepBias(Tile tile, Accumulator sums, INDArray gradient, float rate) {
    float[] row = new float[tile.outputs()];
    Tensors.batch(gradient).getRow(0, row);
    float[] bias = tile.bias();
    sums.optimiser.begin();
    sums.optimiser.step(0, row, rate, bias);
    tile.setBias(bias);
  }

  private void stepDigital(Accumulator sums, INDArray gradient, float rate, INDArray target) {
    accumulate(sums, gradient, rate);
    Batch batch = Tensors.batch(target);
    float[] row = new float[batch.columns()];
    for (int i = 0; i < batch.rows(); i++) {
      batch.getRow(i, row);
      float[] pending = sums.pending[i];
      for (int j = 0; j < row.length; j++) {
        row[j] += pending[j];
        pending[j] = 0;
      }
      batch.setRow(i, row);
    }
  }
}
