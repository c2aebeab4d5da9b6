package org.mortal.learning;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.mortal.tile.ExactTileBank;
import org.mortal.tile.TileBank;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Small networks, batches and tasks, all from seeds.
public final class Fixture {
  public static final Kernels KERNELS = Kernels.select(1);

  private Fixture() {}

  public static ExactTileBank exactBank(List<Integer> sizes) {
    return new ExactTileBank(Network.shapes(sizes), KERNELS);
  }

  /// A network on `bank` without dropout, with random weights, biases and heads.
  public static Network network(TileBank bank, int classes, Coupling coupling, Dropout dropout) {
    Network network = new Network(bank, classes, coupling, dropout, 3, KERNELS);
    network.initialise(1, new Philox(21));
    RandomGenerator random = new Philox(22);
    for (Layer layer : network.layers()) {
      layer.head().weights().assign(random(layer.tile().outputs(), classes, random));
      layer.head().bias().assign(random(1, classes, random));
      float[] bias = new float[layer.tile().outputs()];
      for (int j = 0; j < bias.length; j++) {
        bias[j] = (float) (0.2 * random.nextGaussian());
      }
      layer.tile().setBias(bias);
    }
    return network;
  }

  public static Network network(TileBank bank, int classes) {
    return network(bank, classes, new Coupling.Identity(), Dropout.NONE);
  }

  /// Standard normal entries.
  public static INDArray random(int rows, int columns, RandomGenerator random) {
    INDArray matrix = Tensors.zeros(rows, columns);
    Batch batch = Tensors.batch(matrix);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        batch.set(i, j, (float) random.nextGaussian());
      }
    }
    return matrix;
  }

  /// Inputs evenly from 0 to 1, random labels, targets with a little smoothing.
  public static Minibatch batch(int size, int features, int classes, long seed) {
    RandomGenerator random = new Philox(seed);
    int[] labels = new int[size];
    float[][] inputs = new float[size][features];
    float[][] targets = new float[size][classes];
    for (int n = 0; n < size; n++) {
      for (int i = 0; i < features; i++) {
        inputs[n][i] = random.nextFloat();
      }
      labels[n] = random.nextInt(classes);
      java.util.Arrays.fill(targets[n], 0.1f / classes);
      targets[n][labels[n]] += 0.9f;
    }
    return new Minibatch(
        Tensors.copy(Batch.of(inputs)), labels, Tensors.copy(Batch.of(targets)), 0);
  }

  /// Four classes of noisy patterns of 0 and 1 on 24 features.
  public static Task patterns(long seed) {
    RandomGenerator random = new Philox(Philox.key(seed, 1));
    float[][] patterns = new float[4][24];
    for (float[] pattern : patterns) {
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = random.nextInt(2);
      }
    }
    return new Task(
        "patterns",
        noisy(patterns, 400, random),
        noisy(patterns, 100, random),
        noisy(patterns, 200, random),
        24,
        1);
  }

  private static DataSet noisy(float[][] patterns, int size, RandomGenerator random) {
    float[][] inputs = new float[size][];
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(patterns.length);
      inputs[n] = patterns[labels[n]].clone();
      for (int i = 0; i < inputs[n].length; i++) {
        if (random.nextDouble() < 0.2) {
          inputs[n][i] = 1 - inputs[n][i];
        }
      }
    }
    return new DataSet(Tensors.copy(Batch.of(inputs)), labels, patterns.length);
  }

  /// A rule that needs `needs` and estimates nothing.
  public static LearningRule needing(Access... needs) {
    return new LearningRule() {
      @Override
      public String name() {
        return "test-rule";
      }

      @Override
      public Set<Access> needs() {
        Set<Access> set = EnumSet.noneOf(Access.class);
        set.addAll(List.of(needs));
        return set;
      }

      @Override
      public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
        return network.deltas();
      }
    };
  }
}
