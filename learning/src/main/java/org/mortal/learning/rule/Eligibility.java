package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.List;
import org.mortal.kernel.Batch;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Episodes;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What each weight had to do with the last moments of many episodes: eligibility traces, as the factors that they are made of.
///
/// A trace is a sum of products of input and neuron, faded by how long ago. Kept for each weight and episode, traces would
/// need far more room than the weights. Here moments are kept until less than a hundredth is left of them, and what an error
/// does to a layer is one product of matrices.
///
/// Source: Cichosz, Journal of Artificial Intelligence Research 2, 287 (1995), on cutting traces short.
final class Eligibility {
  private static final double FADED = 0.01;

  private final double fading;
  private final int episodes;
  private final int moments;
  private final List<Stack> layers = new ArrayList<>();
  private long now = -1;

  /// The moments of one layer, one block of episodes after the other.
  ///
  /// @param inputs what it was given
  /// @param neurons how each neuron's output mattered
  /// @param hidden its activity
  /// @param logits how each logit of its head mattered
  /// @param scratch room for as many neurons, and logits
  private record Stack(
      INDArray inputs, INDArray neurons, INDArray hidden, INDArray logits, Stack scratch) {
    static Stack of(Network network, int k, int rows) {
      int units = network.layer(k).tile().outputs();
      int classes = (int) network.layer(k).head().bias().length();
      Stack scratch =
          new Stack(null, Tensors.zeros(rows, units), null, Tensors.zeros(rows, classes), null);
      return new Stack(
          Tensors.zeros(rows, network.layer(k).tile().inputs()),
          Tensors.zeros(rows, units),
          Tensors.zeros(rows, units),
          Tensors.zeros(rows, classes),
          scratch);
    }
  }

  /// @param episodes side by side
  /// @param fading of a trace at each step, γλ
  Eligibility(Network network, int episodes, double fading) {
    this.fading = fading;
    this.episodes = episodes;
    this.moments = fading == 0 ? 1 : (int) Math.ceil(Math.log(FADED) / Math.log(fading));
    for (int k = 0; k < network.depth(); k++) {
      layers.add(Stack.of(network, k, episodes * moments));
    }
  }

  /// Takes note of a moment, in the place of the oldest.
  void remember(Activations pass, INDArray logits, List<INDArray> neurons) {
    now++;
    int first = (int) (now % moments) * episodes;
    for (int k = 0; k < layers.size(); k++) {
      copy(pass.input(k), layers.get(k).inputs(), first);
      copy(neurons.get(k), layers.get(k).neurons(), first);
      copy(pass.hidden(k), layers.get(k).hidden(), first);
      copy(logits, layers.get(k).logits(), first);
    }
  }

  private static void copy(INDArray from, INDArray to, int first) {
    Batch source = Tensors.batch(from);
    Tensors.batch(to).rows(first, first + source.rows()).copyFrom(source);
  }

  /// Sets the estimates for all layers and heads to what makes more of what good errors followed.
  ///
  /// @param world the episodes now; moments of earlier ones are let go
  /// @param errors by which the last step of each went better than was thought
  void credit(Episodes world, double[] errors, Deltas deltas) {
    float[] shares = shares(world, errors);
    for (int k = 0; k < layers.size(); k++) {
      Stack stack = layers.get(k);
      scale(stack.neurons(), shares, stack.scratch().neurons());
      scale(stack.logits(), shares, stack.scratch().logits());
      deltas.layer(k, stack.inputs(), stack.scratch().neurons());
      deltas.head(k, stack.hidden(), stack.scratch().logits());
    }
  }

  /// What each row kept has to do with the error of its episode; a loss falls where a return rises.
  private float[] shares(Episodes world, double[] errors) {
    float[] shares = new float[moments * episodes];
    for (int age = 0; age < moments && age <= now; age++) {
      int first = (int) ((now - age) % moments) * episodes;
      double left = Math.pow(fading, age) / episodes;
      for (int n = 0; n < episodes; n++) {
        shares[first + n] = age < world.steps(n) ? (float) (-left * errors[n]) : 0;
      }
    }
    return shares;
  }

  private static void scale(INDArray from, float[] shares, INDArray to) {
    Batch source = Tensors.batch(from);
    Batch target = Tensors.batch(to);
    float[] row = new float[source.columns()];
    for (int n = 0; n < shares.length; n++) {
      source.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        row[j] *= shares[n];
      }
      target.setRow(n, row);
    }
  }

  /// What the first layer was given in all the moments that are kept, or null before there are as many as there is room for.
  INDArray inputs() {
    return now + 1 < moments ? null : layers.getFirst().inputs();
  }
}
