package org.mortal.learning;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.task.Goal;
import org.nd4j.linalg.api.ndarray.INDArray;

/// An estimator: looks at a batch through the network and says how the loss depends on the weights.
///
/// It sees tiles and what they answer, never volts or cells, and only as much of the network as it [#needs]. How its
/// estimate reaches the cells is the [Writer]'s business, and what it cost the [Meter]'s.
public interface LearningRule {

  /// The literature name in kebab case.
  String name();

  /// Whether it learns what a task asks for.
  default boolean pursues(Goal goal) {
    return goal instanceof Goal.Labels;
  }

  /// What the rule wants to see and touch. It is refused a network that cannot give it, and refused anything else.
  Set<Access> needs();

  /// The estimate for one batch, in the network's own [Network#deltas].
  Deltas estimate(Network network, Minibatch batch, RandomGenerator random);

  /// Called before each epoch, for what is measured on the chip now and then.
  ///
  /// @param samples training examples to measure with
  default void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {}

  /// The logits by which the trained network answers, n x classes: the last head's, unless the rule has its own way.
  default INDArray predict(Network network, INDArray inputs) {
    return network.lastHead().logits(network.evaluate(inputs).hidden(network.depth() - 1));
  }

  /// How the rule is trained unless something else is asked for.
  default Recipe recipe() {
    return Recipe.STANDARD;
  }

  /// Whether the rule is a yardstick that runs on exact software tiles instead of a chip.
  default boolean isYardstick() {
    return needs().contains(Access.EXACT_WEIGHTS);
  }
}
