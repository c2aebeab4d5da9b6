package org.mortal.learning;

import java.util.Arrays;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Picture;
import org.mortal.learning.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Draws minibatches from a data set: every example once an epoch, in an order that the seed decides.
final class Batches implements Source {
  private final DataSet data;
  private final Network network;
  private final int size;
  private final double smoothing;
  private final Picture picture;
  private final Augmentation augmentation;
  private final long seed;
  private final int[] order;
  private final INDArray inputs;
  private final INDArray targets;
  private int[] rows = {};
  private int next;
  private long drawn;
  private long epoch;

  Batches(Task task, Network network, Recipe recipe, long seed) {
    this.data = task.train();
    this.network = network;
    this.size = Math.min(recipe.batch(), data.size());
    this.smoothing = recipe.smoothing();
    this.picture = task.picture();
    this.augmentation = recipe.augmentation();
    this.seed = seed;
    this.order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.inputs = Tensors.zeros(this.size, data.features());
    this.targets = Tensors.zeros(this.size, data.classes());
    shuffle();
  }

  @Override
  public int size() {
    return size;
  }

  /// What is left over after whole batches comes in another epoch's order.
  @Override
  public int perEpoch() {
    return data.size() / size;
  }

  private void shuffle() {
    Philox random = new Philox(Philox.key(seed, Streams.ORDER, epoch++));
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    next = 0;
  }

  @Override
  public int[] rows() {
    return rows;
  }

  /// The next batch, augmented, with inputs dropped. Its arrays are used again for the one after.
  @Override
  public Minibatch draw() {
    if (next + size > order.length) {
      shuffle();
    }
    int[] labels = new int[size];
    rows = Arrays.copyOfRange(order, next, next + size);
    long number = drawn;
    long key = Philox.key(seed, Streams.INPUT_DROPOUT);
    long bends = Philox.key(seed, Streams.BENDS);
    Batch source = Tensors.batch(data.inputs());
    Batch target = Tensors.batch(inputs);
    network.forRows(
        size,
        (from, to) -> {
          float[] row = new float[data.features()];
          float[] moved = new float[data.features()];
          for (int n = from; n < to; n++) {
            source.getRow(rows[n], row);
            if (!augmentation.isNone()) {
              augmentation.bend(picture, row, bends, number + n, moved);
              System.arraycopy(moved, 0, row, 0, row.length);
            }
            Dropout.drop(row, network.dropout().input(), key, number + n);
            target.setRow(n, row);
          }
        });
    Batch wanted = Tensors.batch(targets);
    float[] row = new float[data.classes()];
    for (int n = 0; n < size; n++) {
      int second = data.seconds()[rows[n]];
      labels[n] = data.labels()[rows[n]];
      Arrays.fill(row, (float) (smoothing / row.length));
      float share = (float) (1 - smoothing);
      row[labels[n]] += second == labels[n] ? share : share / 2;
      row[second] += second == labels[n] ? 0 : share / 2;
      wanted.setRow(n, row);
    }
    next += size;
    drawn += size;
    return new Minibatch(inputs, labels, targets, number);
  }
}
