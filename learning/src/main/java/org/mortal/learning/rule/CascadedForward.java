package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Random layers that never learn, each with a digital predictor of its own; the predictors' logits are added up.
///
/// This is the paper's variant with fixed random blocks (CaFo+Rand), on fully connected layers. One read of each layer an
/// example, and no cell is written after the start: what any other rule does better than this it owes to learned weights.
///
/// Source: Zhao, Wang, Li, Jin, Lang, Ling, "The cascaded forward algorithm for neural network training", arXiv 2303.09728
/// (2023).
public final class CascadedForward implements LearningRule {

  @Override
  public String name() {
    return "cascaded-forward";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD.withDropout(Dropout.NONE).withSmoothing(0);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    Activations pass = network.forward(batch);
    for (int k = 0; k < network.depth(); k++) {
      INDArray logits = network.layer(k).head().logits(pass.hidden(k));
      deltas.head(k, pass.hidden(k), Losses.crossEntropyError(logits, batch.targets()));
    }
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return Readout.plain(network, network.evaluate(inputs)).logits();
  }
}
