package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Optimiser;
import org.mortal.learning.Recipe;
import org.mortal.learning.Sampler;
import org.mortal.learning.Tensors;
import org.mortal.learning.Writing;
import org.mortal.learning.task.Goal;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Restricted Boltzmann machines that take their randomness from the hardware's noise ([NoisyUnits]): a weight learns how often
/// both its ends are on with the visible units clamped to an example, and unlearns how often they are when the machine runs.
///
/// `boltzmann` lets it run free: every example has a chain that begins with all visible units off and settles for some sweeps.
/// Examples of its own it makes by the very same run. So what is learned is what these sweeps come to, whether
/// or not the chains would have mixed by then, and each example is apart from all others. `contrastive-divergence` lets it run
/// from the example for one sweep, which is quick, and never hears of patterns far from all examples.
///
/// Layers are stacked: each is a machine on the states of the one below, and all learn at once. Labels reach none of
/// them; they train a digital softmax on all hidden states, and answers are the mean of several reads.
///
/// Source: Ackley, Hinton, Sejnowski, "A learning algorithm for Boltzmann machines", Cognitive Science 9, 147 (1985);
/// contrastive divergence, Hinton, Neural Computation 14, 1771 (2002); stacks, Hinton, Osindero, Teh, Neural Computation 18,
/// 1527 (2006); learning by the same short run that makes examples, Nijkamp et al., NeurIPS 2019, and Decelle, Furtlehner,
/// Seoane, NeurIPS 2021.
public final class Boltzmann implements Sampler {
  /// Sweeps of a chain that begins with nothing.
  private static final int SWEEPS = 30;

  /// Reads that an answer is the mean of.
  private static final int READS = 8;

  /// Where the chains begin that show what a machine does by itself.
  public enum Chains {
    /// With all visible units off.
    FREE,
    /// At the examples.
    FROM_DATA
  }

  private final Chains chains;
  private final int sweeps;
  private boolean begun;

  public Boltzmann(Chains chains) {
    this(chains, chains == Chains.FREE ? SWEEPS : 1);
  }

  /// @param sweeps there and back before a chain counts
  Boltzmann(Chains chains, int sweeps) {
    this.chains = chains;
    this.sweeps = sweeps;
  }

  @Override
  public String name() {
    return switch (chains) {
      case FREE -> "boltzmann";
      case FROM_DATA -> "contrastive-divergence";
    };
  }

  @Override
  public boolean pursues(Goal goal) {
    return switch (goal) {
      case Goal.Labels _, Goal.Patterns _ -> true;
      case Goal.Control _, Goal.Recall _ -> false;
    };
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.BIAS_PROBE, Access.TRANSPOSED_READS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD
        .withRate(2e-4)
        .withHeadRate(20)
        .withFlat(0.5)
        .withWriting(new Writing.Accumulated(Optimiser.Kind.ADAM, 1))
        .withDropout(Dropout.NONE)
        .withInitialScale(0.4);
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    INDArray clamped = samples.inputs();
    for (int k = 0; k < network.depth() && !begun; k++) {
      NoisyUnits units = new NoisyUnits(network, k);
      units.centre(clamped);
      clamped = units.hidden(clamped);
    }
    begun = true;
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    List<INDArray> states = new ArrayList<>();
    INDArray clamped = batch.inputs();
    for (int k = 0; k < network.depth(); k++) {
      NoisyUnits units = new NoisyUnits(network, k);
      INDArray hidden = units.hidden(clamped);
      INDArray running =
          switch (chains) {
            case FREE -> units.run(batch.size(), sweeps);
            case FROM_DATA -> units.back(hidden, sweeps);
          };
      float share = 1f / batch.size();
      deltas.layer(
          k,
          Stack.of(clamped, running),
          Stack.of(hidden.mul(-share), units.hidden(running).muli(share)));
      states.add(hidden);
      clamped = hidden;
    }
    Readout.plain(network, states).learn(deltas, batch.targets());
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    INDArray sum = Tensors.zeros((int) inputs.size(0), (int) network.lastHead().bias().length());
    for (int read = 0; read < READS; read++) {
      List<INDArray> states = new ArrayList<>();
      INDArray clamped = inputs;
      for (int k = 0; k < network.depth(); k++) {
        clamped = new NoisyUnits(network, k).hidden(clamped);
        states.add(clamped);
      }
      sum.addi(Readout.plain(network, states).logits());
    }
    return sum.divi(READS);
  }

  /// The topmost machine runs from nothing, and those below go down from what it comes to.
  @Override
  public INDArray sample(Network network, int count) {
    int top = network.depth() - 1;
    INDArray states = new NoisyUnits(network, top).run(count, Math.max(sweeps, SWEEPS));
    for (int k = top - 1; k >= 0; k--) {
      states = new NoisyUnits(network, k).visible(states);
    }
    return states;
  }
}
