package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Deltas;
import org.mortal.learning.Fixture;
import org.mortal.learning.Layer;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What goes round in a closed loop, and what that says of reconstruction.
class RecirculationTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-4;
  private static final double WAY = 1e-2;

  private final Minibatch batch = Fixture.batch(12, 5, 3, 51);

  /// Weights and biases so small and positive that all units are active and reconstructions between 0 and 1.
  private static Network gentle() {
    Network network = Fixture.network(Fixture.exactBank(List.of(5, 4, 3)), 3);
    for (Layer layer : network.layers()) {
      var weights = layer.tile().measureWeights(1);
      for (int i = 0; i < weights.rows(); i++) {
        for (int j = 0; j < weights.columns(); j++) {
          weights.set(i, j, 0.1f + 0.02f * (3 * i + 5 * j) % 0.17f);
        }
      }
      layer.tile().apply(new WeightUpdate.Program(weights, 0));
      float[] bias = new float[layer.tile().outputs()];
      Arrays.fill(bias, 0.3f);
      layer.tile().setBias(bias);
    }
    return network;
  }

  /// What hidden activities say of input `i`, by their weights alone.
  private static double answer(PlainNet net, double[] hidden, int i) {
    double sum = 0;
    for (int j = 0; j < hidden.length; j++) {
      sum += net.weights()[0][i][j] * hidden[j];
    }
    return sum;
  }

  /// The visible bias after one step: a twentieth of what is left to it.
  private double[] firstConstant(PlainNet net) {
    double[][] inputs = PlainNet.doubles(batch.inputs().toFloatMatrix());
    double[][] hidden = net.hidden(inputs, 0);
    double[] constant = new double[5];
    for (int n = 0; n < inputs.length; n++) {
      for (int i = 0; i < constant.length; i++) {
        constant[i] += 0.05 * (inputs[n][i] - answer(net, hidden[n], i)) / inputs.length;
      }
    }
    return constant;
  }

  /// Half the squared distance of the inputs from what the hidden activities and a constant say of them.
  private double loss(PlainNet net, double[] constant) {
    double[][] inputs = PlainNet.doubles(batch.inputs().toFloatMatrix());
    double[][] hidden = net.hidden(inputs, 0);
    double sum = 0;
    for (int n = 0; n < inputs.length; n++) {
      for (int i = 0; i < constant.length; i++) {
        double left = inputs[n][i] - constant[i] - answer(net, hidden[n], i);
        sum += left * left / (2.0 * inputs.length);
      }
    }
    return sum;
  }

  @Test
  void aShortWayIsTheGradientOfTheSquaredErrorOfReconstruction() {
    Network network = gentle();
    PlainNet net = PlainNet.of(network);
    Recirculation rule = new Recirculation(WAY);
    network.grant(rule);
    Deltas deltas = rule.estimate(network, batch, new Philox(1));
    double[] constant = firstConstant(net);
    DoubleSupplier loss = () -> loss(net, constant);
    assertDifferences(net.weights()[0], loss, deltas.layer(0).weights());
    assertDifferences(new double[][] {net.biases()[0]}, loss, deltas.layer(0).bias());
  }

  private static double distance(Network network, Task task) {
    INDArray inputs = task.test().inputs();
    INDArray hidden = network.evaluate(inputs).hidden(0);
    INDArray answer = Tensors.zeros((int) inputs.size(0), (int) inputs.size(1));
    network.layer(0).tile().transpose(Tensors.batch(hidden), Tensors.batch(answer));
    INDArray left = inputs.sub(answer);
    return left.subiRowVector(left.mean(0)).norm2Number().doubleValue();
  }

  @Test
  void reconstructionGetsBetterThroughQuirkyTiles() {
    Task patterns = Fixture.patterns(1);
    Recirculation rule = new Recirculation();
    Recipe recipe = rule.recipe().withBatch(20).withRate(2e-3);
    List<Integer> sizes = List.of(24, 20, 16, 4);
    QuirkyTileBank bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0.05, Fixture.KERNELS);
    Network network = Trainer.network(bank, 4, recipe, 1, Fixture.KERNELS);
    double before = distance(network, patterns);
    new Trainer(rule, network, recipe, 1)
        .train(patterns, new Trainer.Budget.Epochs(6), new Trainer.Listener() {}, () -> false);
    double after = distance(network, patterns);
    assertTrue(after < 0.9 * before, before + " to " + after);
  }

  private static void assertDifferences(
      double[][] parameters, DoubleSupplier loss, INDArray gradient) {
    double largest = 0;
    for (int i = 0; i < parameters.length; i++) {
      for (int j = 0; j < parameters[i].length; j++) {
        double held = parameters[i][j];
        parameters[i][j] = held + STEP;
        double above = loss.getAsDouble();
        parameters[i][j] = held - STEP;
        double below = loss.getAsDouble();
        parameters[i][j] = held;
        double slope = (above - below) / (2 * STEP);
        largest = Math.max(largest, Math.abs(slope));
        assertEquals(slope, gradient.getDouble(i, j), WAY * Math.abs(slope) + TOLERANCE);
      }
    }
    assertTrue(largest > 100 * TOLERANCE, "no slope above " + largest);
  }
}
