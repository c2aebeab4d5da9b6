package org.mortal.learning.rule;

import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// The error of the last head sent backwards, by whatever matrices and slopes a rule has for it.
///
/// The last head is digital: its own estimate is the exact derivative.
final class BackwardPass {

  /// How an error passes the neurons of a layer, as [SlopeTable#apply] does.
  @FunctionalInterface
  interface Neuron {
    /// Turns the derivative by the activity of layer `k` into that by its output before the amplifier, in place.
    void apply(Network network, Activations pass, int k, INDArray delta);
  }

  /// How an error passes the matrix of a layer, or, for the depth of the network, that of its head.
  @FunctionalInterface
  interface Matrix {
    /// The derivative by what goes into the matrix, in a new array.
    INDArray back(int k, INDArray delta);
  }

  private final Network network;
  private final Activations pass;
  private final Deltas deltas;
  private final INDArray error;

  /// Sends a batch forwards.
  BackwardPass(Network network, Minibatch batch) {
    this.network = network;
    deltas = network.deltas();
    pass = network.forward(batch);
    int last = network.depth() - 1;
    INDArray logits = network.lastHead().logits(pass.hidden(last));
    error = Losses.crossEntropyError(logits, batch.targets());
    deltas.head(last, pass.hidden(last), error);
  }

  /// Layer by layer: through the matrix in front of each layer, the coupling and the neurons.
  ///
  /// @param matrices that errors go back through, inputs x outputs: for `k` below the depth that of layer `k`, for the
  ///     depth itself that of the head
  Deltas chain(IntFunction<Batch> matrices, Neuron neuron) {
    return chain((k, delta) -> back(delta, matrices.apply(k)), neuron);
  }

  private Deltas chain(Matrix matrix, Neuron neuron) {
    int last = network.depth() - 1;
    INDArray delta = matrix.back(network.depth(), error);
    for (int k = last; k >= 0; k--) {
      if (k < last) {
        delta = matrix.back(k + 1, delta);
        decouple(network, pass.hidden(k), delta);
      }
      set(k, delta, neuron);
    }
    return deltas;
  }

  /// The same through the matrix of the head as it is: it is digital, and so it is known.
  ///
  /// @param matrices of the layers, inputs x outputs
  Deltas chainThroughHead(IntFunction<Batch> matrices, Neuron neuron) {
    Batch head = Tensors.batch(network.lastHead().weights());
    return chain(k -> k < network.depth() ? matrices.apply(k) : head, neuron);
  }

  /// The same with the matrices of layers left to whoever can multiply by them.
  Deltas chainThroughCells(Matrix layers, Neuron neuron) {
    int head = network.depth();
    return chain(
        (k, delta) -> k < head ? layers.back(k, delta) : network.lastHead().back(delta), neuron);
  }

  /// To every layer at once.
  ///
  /// @param matrices from the classes to each layer, outputs x classes
  Deltas direct(IntFunction<Batch> matrices, Neuron neuron) {
    for (int k = 0; k < network.depth(); k++) {
      set(k, back(error, matrices.apply(k)), neuron);
    }
    return deltas;
  }

  private void set(int k, INDArray delta, Neuron neuron) {
    neuron.apply(network, pass, k, delta);
    deltas.layer(k, pass.input(k), delta);
  }

  private INDArray back(INDArray delta, Batch matrix) {
    INDArray result = Tensors.zeros((int) delta.size(0), matrix.rows());
    network
        .kernels()
        .products()
        .multiplyRightTransposed(Tensors.batch(delta), matrix, Tensors.batch(result));
    return result;
  }

  /// Turns the derivative by the inputs of a layer into that by the activities that were coupled to it, in place.
  static void decouple(Network network, INDArray activities, INDArray delta) {
    Batch deltas = Tensors.batch(delta);
    Batch hidden = Tensors.batch(activities);
    network.forRows(
        deltas.rows(),
        (first, last) -> {
          float[] row = new float[deltas.columns()];
          float[] activity = new float[deltas.columns()];
          for (int n = first; n < last; n++) {
            deltas.getRow(n, row);
            hidden.getRow(n, activity);
            network.coupling().back(activity, row);
            deltas.setRow(n, row);
          }
        });
  }

  /// A matrix of fixed feedback: normal entries that keep the size of an error.
  static Batch randomFeedback(int inputs, int outputs, RandomGenerator random) {
    Batch matrix = Batch.zeros(inputs, outputs);
    double sigma = 1 / Math.sqrt(outputs);
    float[] row = new float[outputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        row[j] = (float) (sigma * random.nextGaussian());
      }
      matrix.setRow(i, row);
    }
    return matrix;
  }
}
