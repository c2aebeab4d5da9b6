package org.mortal.learning;

import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Environment;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Episodes in an environment of a test's own, moment by moment, as training draws them.
public final class World {
  private final DataSet starts;
  private final Moments moments;
  private Minibatch last;

  /// @param features of an observation; episodes start with random ones
  public World(Environment environment, int episodes, int features) {
    INDArray inputs = Tensors.zeros(1000, features);
    Philox random = new Philox(17);
    for (int n = 0; n < 1000; n++) {
      for (int i = 0; i < features; i++) {
        inputs.putScalar(n, i, random.nextFloat());
      }
    }
    starts = new DataSet(inputs, new int[1000], 2);
    Network network = Fixture.network(Fixture.exactBank(java.util.List.of(features, 2, 2)), 2);
    moments = new Moments(starts, environment, network, Recipe.STANDARD.withBatch(episodes), 4);
  }

  /// Some starts, to measure with.
  public Minibatch samples() {
    return new Minibatch(starts.inputs(), new int[starts.size()], null, 0);
  }

  /// The next moment.
  public Minibatch next() {
    last = moments.draw();
    return last;
  }

  /// The same moment again.
  public Minibatch last() {
    return last;
  }

  /// What is seen at the last moment.
  public INDArray inputs() {
    return last.inputs();
  }
}
