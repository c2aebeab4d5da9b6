package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Optimiser;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Writing;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Every layer learns to be as active as that of another network was on the same inputs: half the mean square of the
/// difference falls. Nothing crosses layers, no label is needed, and heads stay as they are.
///
/// A layer learns on what the layers before it give here, so it makes up for their errors too. The slope of the neurons is
/// measured once, on the chip.
///
/// The targets of a batch are the other network's activities, layer after layer: a [org.mortal.learning.Lesson] gives them.
/// Source: layers as targets are "hints" of Romero et al., FitNets, ICLR 2015; here every layer has one, and each its own loss.
public final class LayerMatching implements LearningRule {
  private SlopeTable table;

  @Override
  public String name() {
    return "layer-matching";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD
        .withBatch(100)
        .withRate(5e-4)
        .withWriting(new Writing.Accumulated(Optimiser.Kind.ADAM, 4));
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    if (table == null) {
      table = SlopeTable.measure(network, samples);
    }
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    Activations pass = network.evaluate(batch.inputs());
    Batch wanted = Tensors.batch(batch.targets());
    int first = 0;
    for (int k = 0; k < network.depth(); k++) {
      Batch hidden = Tensors.batch(pass.hidden(k));
      INDArray delta = Tensors.zeros(hidden.rows(), hidden.columns());
      INDArray gate = Tensors.zeros(hidden.rows(), hidden.columns());
      Batch target = wanted.columns(first, first + hidden.columns());
      network.forRows(
          hidden.rows(),
          (from, to) ->
              compare(hidden, target, from, to, Tensors.batch(delta), Tensors.batch(gate)));
      table.apply(network, pass.output(k), gate, k, delta);
      deltas.layer(k, pass.input(k), delta);
      first += hidden.columns();
    }
    return deltas;
  }

  /// The derivative of the loss by activities, for rows `from` to `to`. Open is a unit that is active or should be: one that
  /// is silent here could not be woken by the slope of a rectifier.
  private static void compare(
      Batch hidden, Batch wanted, int from, int to, Batch delta, Batch gate) {
    float[] is = new float[hidden.columns()];
    float[] should = new float[hidden.columns()];
    float[] open = new float[hidden.columns()];
    float scale = 1f / hidden.rows();
    for (int n = from; n < to; n++) {
      hidden.getRow(n, is);
      wanted.getRow(n, should);
      for (int j = 0; j < is.length; j++) {
        open[j] = Math.signum(Math.max(is[j], should[j]));
        is[j] = scale * (is[j] - should[j]);
      }
      delta.setRow(n, is);
      gate.setRow(n, open);
    }
  }
}
