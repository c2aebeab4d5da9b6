package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Hidden layers that settle under what comes from below and, weakly, from above.
///
/// The neurons of layer `k` are driven by `u_k + γ p_k`: what their own tile answers to the layer below, and what the tile
/// above, read the other way round, answers to the layer that it drives. The last layer is pushed by whoever asks instead.
/// What stays as it is under this is a stationary point of
///
///     E = Σ_k γᵏ (G_k(h_k) - h_k u_k),   u_k = x_k W_k + b_k,   x_k the coupled h_{k-1}
///
/// where the derivative of `G` is the inverse of a neuron's own curve: a Hopfield energy of layers, of which γ says how much
/// less an upper layer counts. Through a pushed state a neuron goes along its slope as measured on the chip.
///
/// An array is linear from columns to rows, so what changes in an upper layer is read by itself and added to what is known:
/// offsets and noise of feedback shrink with the change. Layers are read again only when what they are given has changed.
///
/// Source: Xie and Seung, Neural Computation 15, 441 (2003), for layers with weak feedback.
final class Settling {
  private final Network network;
  private final SlopeTable table;
  private final float feedback;
  private final Activations state;

  /// By layer: what its tile answers to the layer below.
  private final List<INDArray> answers;

  /// By layer: what the tile above answers to the activities in `heard`; nothing for the last.
  private final List<INDArray> pulls;

  private final List<INDArray> heard;
  private INDArray push;

  /// Starts from a forward pass, as if there were nothing above any layer.
  ///
  /// @param feedback γ
  Settling(Network network, Activations pass, SlopeTable table, double feedback) {
    this.network = network;
    this.table = table;
    this.feedback = (float) feedback;
    state = pass.copy();
    answers = new ArrayList<>();
    pulls = new ArrayList<>();
    heard = new ArrayList<>();
    for (int k = 0; k < network.depth(); k++) {
      int units = (int) pass.output(k).size(1);
      answers.add(pass.output(k).dup('c'));
      pulls.add(Tensors.zeros(pass.size(), units));
      heard.add(Tensors.zeros(pass.size(), units));
    }
    push = Tensors.zeros(pass.size(), network.layer(last()).tile().outputs());
  }

  private Settling(Settling from) {
    network = from.network;
    table = from.table;
    feedback = from.feedback;
    state = from.state.copy();
    answers = new ArrayList<>(from.answers);
    pulls = new ArrayList<>(from.pulls);
    heard = new ArrayList<>(from.heard);
    push = from.push;
  }

  private int last() {
    return network.depth() - 1;
  }

  /// The activity of layer `k`.
  INDArray hidden(int k) {
    return state.hidden(k);
  }

  /// The activity of the last layer.
  INDArray top() {
    return state.hidden(last());
  }

  /// What layer `k` is given.
  INDArray input(int k) {
    return state.input(k);
  }

  /// Goes down and up again `sweeps` times.
  ///
  /// @param pushes what is added to the drive of the last layer, n x units, given its activity
  Settling settle(UnaryOperator<INDArray> pushes, int sweeps) {
    for (int sweep = 0; sweep < sweeps; sweep++) {
      push = pushes.apply(top());
      down();
      up();
    }
    return this;
  }

  /// A state apart from this one, which it starts from, with another push at the last layer.
  ///
  /// It ends on the way down, where nothing is read forwards: both phases of a pair then share the noise of forward reads.
  Settling pushed(INDArray newPush, int sweeps) {
    Settling other = new Settling(this);
    other.push = newPush;
    other.down();
    for (int sweep = 1; sweep < sweeps; sweep++) {
      other.up();
      other.down();
    }
    return other;
  }

  private void down() {
    drive(last());
    for (int k = last() - 1; k >= 0; k--) {
      INDArray above = state.hidden(k + 1).dup('c');
      INDArray change = network.transpose(k + 1, above.sub(heard.get(k + 1)));
      pulls.set(k, change.addi(pulls.get(k)));
      heard.set(k + 1, above);
      drive(k);
    }
  }

  private void up() {
    for (int k = 1; k <= last(); k++) {
      answers.set(k, network.probe(k, state.input(k), Tensors.zeros(1, units(k))));
      drive(k);
    }
  }

  private int units(int k) {
    return network.layer(k).tile().outputs();
  }

  private void drive(int k) {
    INDArray drive;
    if (k == last()) {
      drive = push.dup('c');
    } else {
      drive = pulls.get(k).mul(feedback);
      BackwardPass.decouple(network, state.hidden(k), drive);
    }
    INDArray open = Tensors.zeros(state.size(), units(k)).addi(1);
    table.apply(network, answers.get(k), open, k, drive);
    network.activate(state, k, drive.addi(answers.get(k)));
  }

  /// Sets the estimates of all layers to what the energy changes by from one phase to the other.
  ///
  /// A weight's own part of the energy is the product of the activities at its ends, so nothing but these is compared.
  ///
  /// @param plus the phase that was pushed to where the loss is less
  /// @param minus the other
  /// @param shares of each example: how large its loss is beside what it was pushed with
  static void contrast(Deltas deltas, Settling plus, Settling minus, float[] shares) {
    for (int k = 0; k <= plus.last(); k++) {
      float[] scaled = plus.scaled(shares, k);
      if (k == 0) {
        // Nobody pushes what comes from outside, so its product is the same with the difference of
        // the other end.
        INDArray difference = minus.hidden(k).sub(plus.hidden(k));
        scaleRows(difference, scaled);
        deltas.layer(k, plus.input(k), difference);
      } else {
        INDArray above = plus.hidden(k).neg();
        INDArray below = minus.hidden(k).dup('c');
        scaleRows(above, scaled);
        scaleRows(below, scaled);
        deltas.layer(k, Stack.of(plus.input(k), minus.input(k)), Stack.of(above, below));
      }
    }
  }

  /// What a share counts at layer `k`, where a push has arrived weakened by the feedback on its way.
  float[] scaled(float[] shares, int k) {
    float factor = (float) Math.pow(feedback, k - last());
    float[] scaled = shares.clone();
    for (int n = 0; n < scaled.length; n++) {
      scaled[n] *= factor;
    }
    return scaled;
  }

  /// Multiplies each row of a matrix by its own factor.
  static void scaleRows(INDArray matrix, float[] factors) {
    Batch batch = Tensors.batch(matrix);
    float[] row = new float[batch.columns()];
    for (int n = 0; n < factors.length; n++) {
      batch.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        row[j] *= factors[n];
      }
      batch.setRow(n, row);
    }
  }
}
