package org.mortal.bench.check;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.Rig;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A network of one hidden layer, or several of one size, whose size alone is varied, and a task that is as hard for every size.
///
/// The task: four patterns of eight bits, which differ in four, to be told apart with one bit in ten wrong. The head stays
/// as it is, so that all learning is in the weights of the layer: it has every combination of signs as often as any other,
/// and shrinks with the root of the units, so that a gradient step of one rate changes the answers of a large student as
/// much as those of a small one.
final class Student implements AutoCloseable {
  static final int INPUTS = 8;
  static final int CLASSES = 4;
  private static final double WRONG_BITS = 0.1;
  private static final float[][] PATTERNS = {
    {0, 0, 0, 0, 1, 1, 1, 1},
    {0, 0, 1, 1, 0, 0, 1, 1},
    {0, 1, 0, 1, 0, 1, 0, 1},
    {1, 1, 1, 1, 1, 1, 1, 1}
  };

  /// Activities stay below this, so none is cut off.
  private static final Coupling COUPLING = new Coupling.Scaled(2);

  private static final int SAMPLES = 200;
  private static final int JUDGED = 500;
  private static final double HEAD_SCALE = 3;

  private final Rig rig;
  private final Network network;
  private final RandomGenerator random;
  private final Minibatch judged;

  /// @param hidden units of each hidden layer, of the last a multiple of 16
  /// @param seed of examples and first weights
  Student(String chip, List<Integer> hidden, long seed, Kernels kernels, ChipOpener chips) {
    int units = hidden.getLast();
    random = new Philox(Philox.key(seed, units));
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.addFirst(INPUTS);
    sizes.addLast(CLASSES);
    rig = Rig.onChip(chips, chip, Network.shapes(sizes), kernels);
    network = new Network(rig.bank(), CLASSES, COUPLING, Dropout.NONE, seed, kernels);
    network.initialise(1, random);
    Batch head = Tensors.batch(network.lastHead().weights());
    for (int j = 0; j < units; j++) {
      for (int c = 0; c < CLASSES; c++) {
        int sign = (j >> c & 1) == 0 ? 1 : -1;
        head.set(j, c, (float) (sign * HEAD_SCALE / Math.sqrt(units)));
      }
    }
    judged = draw(JUDGED);
  }

  Network network() {
    return network;
  }

  /// New examples.
  Minibatch draw(int size) {
    Batch inputs = Batch.zeros(size, INPUTS);
    Batch targets = Batch.zeros(size, CLASSES);
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(CLASSES);
      targets.set(n, labels[n], 1);
      for (int i = 0; i < INPUTS; i++) {
        float bit = PATTERNS[labels[n]][i];
        inputs.set(n, i, random.nextDouble() < WRONG_BITS ? 1 - bit : bit);
      }
    }
    return new Minibatch(Tensors.copy(inputs), labels, Tensors.copy(targets), 0);
  }

  /// The student as something that estimates are measured on, of one example, so that theory holds as it is written.
  Specimen specimen() {
    return new Specimen(rig, network, draw(1), draw(SAMPLES));
  }

  /// The share of judged examples that it gets wrong.
  double error() {
    INDArray hidden = network.evaluate(judged.inputs()).hidden(network.depth() - 1);
    Batch logits = Tensors.batch(network.lastHead().logits(hidden));
    int wrong = 0;
    float[] row = new float[CLASSES];
    for (int n = 0; n < JUDGED; n++) {
      logits.getRow(n, row);
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = row[c] > row[best] ? c : best;
      }
      wrong += best == judged.labels()[n] ? 0 : 1;
    }
    return (double) wrong / JUDGED;
  }

  @Override
  public void close() {
    rig.close();
  }
}
