package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Every layer minimises the cross-entropy of its own digital head; nothing crosses layers but logits.
///
/// The error at a layer is half that of its own head and half that of all heads added up. It reaches the layer's weights
/// through the head and the slope of the neuron, which is [measured on the chip][Slope].
///
/// Source: local heads as in Nøkland and Eidnes, ICML 2019, and Mono-Forward (Gong et al. 2025); the measured slope and
/// the shared logits are Mortal's.
public final class LocalCrossEntropy implements LearningRule {

  /// Where the slope of a neuron comes from.
  public enum Slope {
    /// A table measured before each epoch by bias probes.
    TABLE,
    /// Measured for every example by one pair of bias probes.
    LIVE,
    /// The rectifier's own, 1 or 0: what a model of an ideal chip would say.
    NOMINAL
  }

  private final Slope slope;
  private final Adversary adversary;
  private SlopeTable table;

  public LocalCrossEntropy(Slope slope) {
    this(slope, null);
  }

  /// @param adversary how far half of the examples are moved in training to where the first layer errs, as the root of the
  ///     sum of squares over an example's inputs, which go from 0 to 1; null for not at all
  /// @throws LearningException if examples are to be moved without a table of slopes
  public LocalCrossEntropy(Slope slope, Double adversary) {
    if (adversary != null && slope != Slope.TABLE) {
      throw new LearningException("an adversary goes by the table of slopes: leave out either");
    }
    this.slope = slope;
    this.adversary = adversary == null ? null : new Adversary(adversary);
  }

  @Override
  public String name() {
    return "local-cross-entropy";
  }

  @Override
  public Set<Access> needs() {
    Set<Access> needs = EnumSet.of(Access.LAYER_OUTPUTS);
    if (slope != Slope.NOMINAL) {
      needs.add(Access.BIAS_PROBE);
    }
    if (adversary != null) {
      needs.add(Access.TRANSPOSED_READS);
    }
    return needs;
  }

  /// Chosen on validation examples of MNIST and of generated digits; wider nets stand more dropout.
  @Override
  public Recipe recipe() {
    return Recipe.CENTRED.withRate(3e-3);
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    if (slope == Slope.TABLE) {
      table = SlopeTable.measure(network, samples);
    }
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Activations pass =
        network.forward(adversary == null ? batch : adversary.move(network, batch, table));
    return LocalHeads.estimate(
        network,
        pass,
        batch.targets(),
        null,
        (k, delta) -> throughNeuron(network, pass, k, delta));
  }

  private void throughNeuron(Network network, Activations pass, int k, INDArray delta) {
    switch (slope) {
      case TABLE -> table.apply(network, pass, k, delta);
      case NOMINAL -> delta.muli(pass.gate(k));
      case LIVE -> delta.muli(pass.gate(k)).muli(liveSlope(network, pass, k));
    }
  }

  private static INDArray liveSlope(Network network, Activations pass, int k) {
    int outputs = network.layer(k).tile().outputs();
    INDArray slopes = Tensors.zeros(pass.size(), outputs);
    INDArray sums = Tensors.zeros(pass.size(), outputs);
    new BiasProbe(network, k).read(network, pass.input(k), slopes, sums);
    return slopes;
  }
}
