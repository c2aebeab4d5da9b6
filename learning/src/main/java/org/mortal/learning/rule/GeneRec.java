package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Generalised recirculation: a neuron's error is how much more active it is when the outputs are set to the targets than
/// when they are the network's own.
///
/// The phases are those of [ContrastiveHebbian] ([Clamping]). The sender counts as it was in the first, so that a
/// weight learns from what the receiver's activity changes by alone: one product where contrastive Hebbian learning has two. With
/// the sender halfway between the phases, and the same the other way round, the two rules are one.
///
/// Source: O'Reilly, Neural Computation 8, 895 (1996).
public final class GeneRec implements LearningRule {
  private SlopeTable table;

  @Override
  public String name() {
    return "generec";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE, Access.TRANSPOSED_READS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.CENTRED;
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    table = SlopeTable.measure(network, samples);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    return estimate(network, batch, Clamping.of(network, table));
  }

  /// The estimate of a network that settles in another way.
  static Deltas estimate(Network network, Minibatch batch, Clamping clamping) {
    Deltas deltas = network.deltas();
    Clamping.Phases phases = clamping.phases(network.forward(batch), batch.targets());
    Settling minus = phases.minus();
    for (int k = 0; k < network.depth(); k++) {
      INDArray difference = minus.hidden(k).sub(phases.plus().hidden(k));
      Settling.scaleRows(difference, minus.scaled(phases.shares(), k));
      deltas.layer(k, minus.input(k), difference);
    }
    INDArray error = phases.outputs().sub(phases.targets()).divi(batch.size());
    deltas.head(network.depth() - 1, minus.top(), error);
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return Clamping.of(network, table).answer(inputs);
  }
}
