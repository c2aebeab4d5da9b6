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

/// The network settles by itself and with its outputs set to the targets: each weight learns the product of the activities
/// at its ends from the second state and unlearns it from the first.
///
/// Hidden layers settle through the chip, the head on top of them is digital and learns by the same rule ([Clamping]). The weaker
/// the feedback, the nearer this comes to the gradient of the cross-entropy: what it lacks is of the order of
/// the feedback.
///
/// Source: Movellan, in Connectionist Models, 10 (1991); weak feedback and how a layer's rate makes up for it, Xie and
/// Seung, Neural Computation 15, 441 (2003).
public final class ContrastiveHebbian implements LearningRule {
  private SlopeTable table;

  @Override
  public String name() {
    return "contrastive-hebbian";
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
    Settling.contrast(deltas, phases.plus(), phases.minus(), phases.shares());
    float share = 1f / batch.size();
    deltas.head(
        network.depth() - 1,
        Stack.of(phases.plus().top(), phases.minus().top()),
        Stack.of(phases.targets().mul(-share), phases.outputs().mul(share)));
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return Clamping.of(network, table).answer(inputs);
  }
}
