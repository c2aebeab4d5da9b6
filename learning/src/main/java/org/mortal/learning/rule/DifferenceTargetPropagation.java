package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Every layer gets a target of its own: what it should have handed on for the layer above to have met its target.
///
/// The last layer's target lies against the error of the head. Each [InverseMap] then says what its layer should have been
/// given, as a difference to what it was given, and each layer learns to meet its target through the slopes of its own
/// neurons alone. With good inverses targets are those of a Gauss-Newton step, not of the gradient.
///
/// The inverses are digital and learned, from what the chip answers when a layer's inputs are shaken a little: one read more for
/// each layer but the first. A transposed read would save them, but it gives the transpose, which is the gradient's way back and
/// no inverse.
///
/// Source: Lee, Zhang, Fischer, Bengio, ECML PKDD (2015), with inverses that learn from differences and their theory as
/// in Meulemans et al., "A theoretical framework for target propagation", NeurIPS (2020).
public final class DifferenceTargetPropagation implements LearningRule {
  /// Standard deviation of what inputs are shaken by, in units of their range.
  private static final double SHAKE = 0.1;

  /// Rounds on the samples before an epoch, in which inverses follow what was written.
  private static final int ROUNDS = 10;

  /// By layer, none for the first: nobody asks what the network should have been given.
  private List<InverseMap> inverses;

  private SlopeTable table;

  @Override
  public String name() {
    return "difference-target-propagation";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE);
  }

  @Override
  public Recipe recipe() {
    return Recipe.CENTRED;
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    if (inverses == null) {
      inverses = new ArrayList<>();
      network
          .layers()
          .forEach(layer ->
              inverses.add(
                  new InverseMap(
                      layer.tile().outputs(),
                      layer.tile().inputs(),
                      network.kernels().products())));
    }
    table = SlopeTable.measure(network, samples);
    Activations pass = network.forward(samples);
    for (int round = 0; round < ROUNDS; round++) {
      learnInverses(network, pass, random);
    }
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    Activations pass = network.forward(batch);
    learnInverses(network, pass, random);
    int last = network.depth() - 1;
    INDArray error =
        Losses.crossEntropyError(network.lastHead().logits(pass.hidden(last)), batch.targets());
    deltas.head(last, pass.hidden(last), error);
    INDArray away = network.lastHead().back(error);
    for (int k = last; k >= 0; k--) {
      INDArray delta = away.dup('c');
      table.apply(network, pass, k, delta);
      deltas.layer(k, pass.input(k), delta);
      if (k > 0) {
        away = inverses.get(k).apply(away.muli(pass.gate(k)));
        BackwardPass.decouple(network, pass.hidden(k - 1), away);
      }
    }
    return deltas;
  }

  private void learnInverses(Network network, Activations pass, RandomGenerator random) {
    for (int k = 1; k < network.depth(); k++) {
      INDArray shaken = shaken(network, pass.input(k), random.nextLong());
      INDArray zeros = Tensors.zeros(1, network.layer(k).tile().outputs());
      INDArray answers = network.probe(k, shaken, zeros).subi(pass.output(k)).muli(pass.gate(k));
      inverses.get(k).learn(answers, shaken.subi(pass.input(k)));
    }
  }

  private static INDArray shaken(Network network, INDArray inputs, long key) {
    INDArray shaken = inputs.dup('c');
    Batch batch = Tensors.batch(shaken);
    network.forRows(
        batch.rows(),
        (first, last) -> {
          float[] row = new float[batch.columns()];
          for (int n = first; n < last; n++) {
            batch.getRow(n, row);
            Philox random = new Philox(Philox.key(key, n));
            for (int i = 0; i < row.length; i++) {
              row[i] = (float) Math.clamp(row[i] + SHAKE * random.nextGaussian(), 0.0, 1.0);
            }
            batch.setRow(n, row);
          }
        });
    return shaken;
  }
}
