package lab.example;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;

/// A rule with a bug.
public final class BrokenRule implements LearningRule {
  @Override
  public String name() {
    return "broken";
  }

  @Override
  public Set<Access> needs() {
    return Set.of(Access.LAYER_OUTPUTS);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    throw new ArrayIndexOutOfBoundsException("no such layer");
  }
}
