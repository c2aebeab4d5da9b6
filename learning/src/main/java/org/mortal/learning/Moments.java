package org.mortal.learning;

import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Environment;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Draws moments: one of each of many episodes that go on side by side, for a rule to act in.
///
/// An episode that is over is seen once more as it ended, so that a rule needs no further read to value its end; then
/// another begins in its row. An epoch is as many moments as there are starts to choose from.
final class Moments implements Source {
  private final DataSet starts;
  private final Network network;
  private final Episodes episodes;
  private final Philox random;
  private final long key;
  private final int[] rows;
  private final INDArray inputs;
  private final INDArray targets;
  private long drawn;

  Moments(DataSet starts, Environment environment, Network network, Recipe recipe, long seed) {
    this.starts = starts;
    this.network = network;
    int size = Math.min(recipe.batch(), starts.size());
    this.episodes = new Episodes(environment, size);
    this.random = new Philox(Philox.key(seed, Streams.ORDER));
    this.key = Philox.key(seed, Streams.INPUT_DROPOUT);
    this.rows = new int[size];
    this.inputs = Tensors.zeros(size, starts.features());
    this.targets = Tensors.zeros(size, starts.classes());
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int perEpoch() {
    return starts.size() / rows.length;
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  @Override
  public Minibatch draw() {
    Batch source = Tensors.batch(starts.inputs());
    float[] row = new float[starts.features()];
    for (int n = 0; n < rows.length; n++) {
      if (episodes.isSpent(n)) {
        rows[n] = random.nextInt(starts.size());
        source.getRow(rows[n], row);
        episodes.begin(n, row);
      }
    }
    Batch seen = Tensors.batch(inputs);
    for (int n = 0; n < rows.length; n++) {
      episodes.observe(n, row);
      Dropout.drop(row, network.dropout().input(), key, drawn + n);
      seen.setRow(n, row);
    }
    long number = drawn;
    drawn += rows.length;
    return new Minibatch(inputs, new int[rows.length], targets, number, episodes);
  }
}
