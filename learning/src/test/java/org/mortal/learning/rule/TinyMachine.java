package org.mortal.learning.rule;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Tensors;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A Boltzmann machine so small that all its states can be gone through: three visible units, two hidden ones and the one that is
/// always on.
final class TinyMachine {
  static final int VISIBLE = 3;
  static final int HIDDEN = 3;
  static final int STATES = 1 << VISIBLE;

  /// How often each state is among the examples: bit i is unit i.
  static final double[] DATA = {0.4, 0, 0, 0.1, 0, 0.3, 0, 0.2};

  private static final double NOISE = 0.02;
  private static final double DRIVE = 0.2;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /// The first column is the visible biases.
  private static final float[][] WEIGHTS = {
    {0.01f, 0.12f, -0.08f}, {-0.02f, 0.16f, 0.1f}, {0.004f, -0.12f, 0.2f}
  };

  private static final float[] BIAS = {0, -0.01f, 0.006f};

  Network network(Kernels kernels) {
    return network(List.of(VISIBLE, HIDDEN, 2), NOISE, kernels, this);
  }

  static Network network(List<Integer> sizes, double noise, Kernels kernels, TinyMachine machine) {
    // So far from saturation that outputs are linear.
    QuirkyTileBank bank = new QuirkyTileBank(Network.shapes(sizes), 1000, noise, kernels);
    Network network = new Network(bank, 2, new Coupling.Identity(), Dropout.NONE, 1, kernels);
    bank.tiles().getFirst().apply(new WeightUpdate.Program(Batch.of(WEIGHTS), 0));
    bank.tiles().getFirst().setBias(BIAS);
    return network;
  }

  static INDArray row(float[] values) {
    return Tensors.copy(Batch.of(new float[][] {values}));
  }

  /// Examples that are distributed as [#DATA] is, to the last one.
  static Minibatch examples(int size) {
    float[][] inputs = new float[size][];
    double sum = 0;
    int n = 0;
    for (int state = 0; state < STATES; state++) {
      sum += DATA[state];
      while (n < Math.rint(sum * size)) {
        inputs[n++] = units(state, VISIBLE);
      }
    }
    INDArray targets = Tensors.zeros(size, 2).addi(0.5);
    return new Minibatch(Tensors.copy(Batch.of(inputs)), new int[size], targets, 0);
  }

  private static float[] units(int state, int count) {
    float[] units = new float[count];
    for (int i = 0; i < count; i++) {
      units[i] = state >> i & 1;
    }
    return units;
  }

  /// The probability of each hidden unit to be on.
  double[] hidden(float[] visible) {
    double[] on = {1, 0, 0};
    for (int j = 1; j < HIDDEN; j++) {
      double sum = BIAS[j];
      for (int i = 0; i < VISIBLE; i++) {
        sum += DRIVE * visible[i] * WEIGHTS[i][j];
      }
      on[j] = NORMAL.cumulativeProbability(QuirkyTileBank.gain(j, HIDDEN) * sum / NOISE);
    }
    return on;
  }

  /// The probability of each visible unit to be on.
  double[] visible(float[] hidden) {
    double[] on = new double[VISIBLE];
    for (int i = 0; i < VISIBLE; i++) {
      double sum = WEIGHTS[i][0];
      for (int j = 1; j < HIDDEN; j++) {
        sum += DRIVE * hidden[j] * WEIGHTS[i][j];
      }
      on[i] = NORMAL.cumulativeProbability(QuirkyTileBank.gain(i, VISIBLE) * sum / NOISE);
    }
    return on;
  }

  /// How likely each state of the visible units is, so many sweeps after it was as likely as `start` says.
  double[] run(double[] start, int sweeps) {
    double[] likely = start;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double[] next = new double[STATES];
      for (int from = 0; from < STATES; from++) {
        double[] hidden = hidden(units(from, VISIBLE));
        for (int between = 1; between < 1 << HIDDEN; between += 2) {
          float[] states = units(between, HIDDEN);
          double[] visible = visible(states);
          for (int to = 0; to < STATES; to++) {
            double path = probability(hidden, states) * probability(visible, units(to, VISIBLE));
            next[to] += likely[from] * path;
          }
        }
      }
      likely = next;
    }
    return likely;
  }

  private static double probability(double[] on, float[] states) {
    double product = 1;
    for (int i = 0; i < on.length; i++) {
      product *= states[i] > 0 ? on[i] : 1 - on[i];
    }
    return product;
  }

  /// How often both ends of each weight are on; in the last row, how often hidden units are.
  double[][] together(double[] likely) {
    double[][] both = new double[VISIBLE + 1][HIDDEN];
    for (int state = 0; state < STATES; state++) {
      float[] visible = units(state, VISIBLE);
      double[] hidden = hidden(visible);
      for (int j = 0; j < HIDDEN; j++) {
        for (int i = 0; i < VISIBLE; i++) {
          both[i][j] += likely[state] * visible[i] * hidden[j];
        }
        both[VISIBLE][j] += likely[state] * hidden[j];
      }
    }
    return both;
  }
}
