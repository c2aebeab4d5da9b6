package lab.example;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;

public final class DeltaRule implements LearningRule { // each layer learns from its own head
  @Override
  public String name() {
    return "delta-rule";
  }

  @Override
  public Set<Access> needs() {
    return Set.of(Access.LAYER_OUTPUTS);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    var pass = network.forward(batch);
    Deltas deltas = network.deltas();
    for (int k = 0; k < network.depth(); k++) {
      var head = network.layer(k).head();
      var error = Losses.crossEntropyError(head.logits(pass.hidden(k)), batch.targets());
      deltas.head(k, pass.hidden(k), error);
      deltas.layer(k, pass.input(k), head.back(error).muli(pass.gate(k)));
    }
    return deltas;
  }
}
