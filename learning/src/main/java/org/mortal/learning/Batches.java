package org.mortal.learning;

import java.util.Arrays;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Draws minibatches from a data set: every example once an epoch, in an order that the seed decides.
final class Batches {
  private final DataSet data;
  private final Network network;
  private final int size;
  private final double smoothing;
  private final long seed;
  private final int[] order;
  private final INDArray inputs;
  private final INDArray targets;
  private int next;
  private long drawn;
  private long epoch;

  Batches(DataSet data, Network network, int size, double smoothing, long seed) {
    this.data = data;
    this.network = network;
    this.size = Math.min(size, data.size());
    this.smoothing = smoothing;
    this.seed = seed;
    this.order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.inputs = Tensors.zeros(this.size, data.features());
    this.targets = Tensors.zeros(this.size, data.classes());
    shuffle();
  }

  /// Steps in an epoch; what is left over after whole batches comes in another epoch's order.
  int perEpoch() {
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

  /// The next batch, with inputs dropped. Its arrays are used again for the one after.
  Minibatch draw() {
    if (next + size > order.length) {
      shuffle();
    }
    int[] labels = new int[size];
    int first = next;
    long number = drawn;
    long key = Philox.key(seed, Streams.INPUT_DROPOUT);
    Batch source = Tensors.batch(data.inputs());
    Batch target = Tensors.batch(inputs);
    network.forRows(
        size,
        (from, to) -> {
          float[] row = new float[data.features()];
          for (int n = from; n < to; n++) {
            source.getRow(order[first + n], row);
            Dropout.drop(row, network.dropout().input(), key, number + n);
            target.setRow(n, row);
          }
        });
    Batch wanted = Tensors.batch(targets);
    float[] row = new float[data.classes()];
    for (int n = 0; n < size; n++) {
      labels[n] = data.labels()[order[first + n]];
      Arrays.fill(row, (float) (smoothing / row.length));
      row[labels[n]] += (float) (1 - smoothing);
      wanted.setRow(n, row);
    }
    next += size;
    drawn += size;
    return new Minibatch(inputs, labels, targets, number);
  }
}
