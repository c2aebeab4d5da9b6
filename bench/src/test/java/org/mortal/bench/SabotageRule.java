package org.mortal.bench;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.rule.LocalCrossEntropy;

/// A rule during which something goes wrong around it.
public final class SabotageRule implements LearningRule {
  /// What happens in every step.
  static Runnable deed = () -> {};

  private final LearningRule rule = new LocalCrossEntropy(LocalCrossEntropy.Slope.NOMINAL);

  @Override
  public String name() {
    return "sabotage";
  }

  @Override
  public Set<Access> needs() {
    return rule.needs();
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    deed.run();
    return rule.estimate(network, batch, random);
  }
}
