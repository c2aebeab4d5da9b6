package org.mortal.bench.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.bench.train.Rig;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Layer;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.DataSet;
import org.mortal.sim.SimChip;
import org.mortal.tile.CrossbarTileBank;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A network on a simulated chip, with random weights, biases and heads.
record Setup(Rig rig, Network network) implements AutoCloseable {
  static final Kernels KERNELS = Kernels.select(1);

  /// Codes of an 8-bit row driver: inputs on them are converted exactly.
  private static final int CODES = 255;

  static Setup of(String address, List<Integer> sizes, Coupling coupling, double scale) {
    return of(address, sizes, coupling, Dropout.NONE, scale);
  }

  static Setup of(
      String address, List<Integer> sizes, Coupling coupling, Dropout dropout, double scale) {
    Rig rig = Rig.onChip(address, Network.shapes(sizes), KERNELS);
    Network network = new Network(rig.bank(), sizes.getLast(), coupling, dropout, 1, KERNELS);
    network.initialise(scale, new Philox(11));
    RandomGenerator random = new Philox(12);
    for (Layer layer : network.layers()) {
      randomise(Tensors.batch(layer.head().weights()), random);
      randomise(Tensors.batch(layer.head().bias()), random);
      float[] bias = new float[layer.tile().outputs()];
      for (int j = 0; j < bias.length; j++) {
        bias[j] = (float) (0.2 * random.nextGaussian());
      }
      layer.tile().setBias(bias);
    }
    return new Setup(rig, network);
  }

  private static void randomise(Batch matrix, RandomGenerator random) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(i, j, (float) random.nextGaussian());
      }
    }
  }

  SimChip chip() {
    return (SimChip) rig.chip().orElseThrow();
  }

  CrossbarTileBank bank() {
    return (CrossbarTileBank) rig.bank();
  }

  GradientOracle oracle() {
    return GradientOracle.of(network, bank(), chip());
  }

  /// Random inputs on the row drivers' codes, with random labels.
  Minibatch randomBatch(int size, long seed) {
    RandomGenerator random = new Philox(seed);
    Batch inputs = Batch.zeros(size, network.layer(0).tile().inputs());
    int classes = (int) network.lastHead().bias().length();
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      for (int i = 0; i < inputs.columns(); i++) {
        inputs.set(n, i, (float) random.nextInt(CODES + 1) / CODES);
      }
      labels[n] = random.nextInt(classes);
    }
    return new Minibatch(Tensors.copy(inputs), labels, targets(labels, classes), 0);
  }

  /// A whole data set as one batch.
  static Minibatch batch(DataSet data) {
    return new Minibatch(data.inputs(), data.labels(), targets(data.labels(), data.classes()), 0);
  }

  private static INDArray targets(int[] labels, int classes) {
    float[][] targets = new float[labels.length][classes];
    for (int n = 0; n < labels.length; n++) {
      Arrays.fill(targets[n], 0.1f / classes);
      targets[n][labels[n]] += 0.9f;
    }
    return Tensors.copy(Batch.of(targets));
  }

  @Override
  public void close() {
    rig.close();
  }
}
