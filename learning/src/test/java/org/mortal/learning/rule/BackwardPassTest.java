package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.kernel.Philox;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Rules that send errors backwards: whose gradient they take, and how near wrong feedback comes to it.
class BackwardPassTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 3e-6;
  private static final Task PATTERNS = Fixture.patterns(1);

  private static Deltas estimate(LearningRule rule, Network network, Minibatch batch) {
    network.grant(rule);
    rule.beginEpoch(network, batch, new Philox(1));
    return rule.estimate(network, batch, new Philox(2));
  }

  /// The loss of the last head with activities scaled and cut off between layers.
  private static double loss(PlainNet net, Minibatch batch, double range) {
    double[][] values = PlainNet.doubles(batch.inputs().toFloatMatrix());
    for (int k = 0; k < net.weights().length; k++) {
      values = PlainNet.affine(values, net.weights()[k], net.biases()[k]);
      boolean last = k == net.weights().length - 1;
      for (double[] row : values) {
        for (int j = 0; j < row.length; j++) {
          row[j] = last ? Math.max(row[j], 0) : Math.clamp(row[j] / range, 0, 1);
        }
      }
    }
    int last = net.weights().length - 1;
    double[][] logits = PlainNet.affine(values, net.headWeights()[last], net.headBiases()[last]);
    return PlainNet.crossEntropy(logits, batch);
  }

  /// On exact tiles the twin of physics-aware training is the network itself, and so are its cells read the other way round.
  @ParameterizedTest
  @ValueSource(strings = {"backprop", "physics-aware", "transposed-backprop"})
  void throughTheRightWeightsIsTheGradientOfCoupledLayers(String name) {
    double range = 0.8;
    Network network =
        Fixture.network(
            Fixture.exactBank(List.of(7, 6, 5, 4, 3)), 3, new Coupling.Scaled(range), Dropout.NONE);
    Minibatch batch = Fixture.batch(12, 7, 3, 51);
    Deltas deltas = estimate(Rules.named(name, Rules.Options.STANDARD), network, batch);
    PlainNet net = PlainNet.of(network);
    for (int k = 0; k < 3; k++) {
      float[][] gradient = deltas.layer(k).weights().toFloatMatrix();
      double[][] weights = net.weights()[k];
      double largest = 0;
      for (int i = 0; i < weights.length; i++) {
        for (int j = 0; j < weights[i].length; j++) {
          double held = weights[i][j];
          weights[i][j] = held + STEP;
          double above = loss(net, batch, range);
          weights[i][j] = held - STEP;
          double below = loss(net, batch, range);
          weights[i][j] = held;
          double slope = (above - below) / (2 * STEP);
          largest = Math.max(largest, Math.abs(slope));
          assertEquals(slope, gradient[i][j], TOLERANCE, "layer " + k);
        }
      }
      assertTrue(largest > 100 * TOLERANCE, "no slope above " + largest);
    }
  }

  private static double cosine(INDArray one, INDArray other) {
    return one.mul(other).sumNumber().doubleValue()
        / (one.norm2Number().doubleValue() * other.norm2Number().doubleValue());
  }

  /// The cosines of the rule's estimate to the gradient after some training by the rule, layer by layer.
  private static double[] cosinesAfter(LearningRule rule, double epochs) {
    List<Integer> sizes = List.of(24, 40, 30, 4);
    var recipe = rule.recipe().withBatch(20).withDropout(Dropout.NONE).withRate(0.005);
    Network network = Trainer.network(Fixture.exactBank(sizes), 4, recipe, 1, Fixture.KERNELS);
    new Trainer(rule, network, recipe, 1)
        .train(PATTERNS, new Trainer.Budget.Epochs(epochs), new Trainer.Listener() {}, () -> false);
    Minibatch batch = Fixture.batch(100, 24, 4, 52);
    Deltas deltas = rule.estimate(network, batch, new Philox(2));
    INDArray[] estimates = {deltas.layer(0).weights().dup(), deltas.layer(1).weights().dup()};
    Deltas exact = estimate(new Backprop(), network, batch);
    return new double[] {
      cosine(estimates[0], exact.layer(0).weights()), cosine(estimates[1], exact.layer(1).weights())
    };
  }

  /// Random feedback is no gradient; weights come to agree with it, as Lillicrap et al. found. Signs agree from the start.
  @Test
  void weightsComeToAgreeWithFixedFeedback() {
    for (String name : List.of("feedback-alignment", "direct-feedback-alignment")) {
      LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
      double[] late = cosinesAfter(rule, 6);
      assertTrue(late[0] > 0.3 && late[1] > 0.3, name + " " + late[0] + ", " + late[1]);
    }
    double[] signs = cosinesAfter(new SignSymmetry(), 1);
    assertTrue(signs[0] > 0.7 && signs[1] > 0.999, "signs " + signs[0] + ", " + signs[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feedback-alignment",
        "direct-feedback-alignment",
        "sign-symmetry",
        "physics-aware",
        "transposed-backprop"
      })
  void learnPatternsThroughQuirkyTiles(String name) {
    LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
    List<Integer> sizes = List.of(24, 20, 16, 4);
    var recipe = rule.recipe().withBatch(20).withDropout(Dropout.NONE).withRate(0.01);
    var bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0.05, Fixture.KERNELS);
    Network network = Trainer.network(bank, 4, recipe, 1, Fixture.KERNELS);
    double error =
        new Trainer(rule, network, recipe, 1)
            .train(PATTERNS, new Trainer.Budget.Epochs(6), new Trainer.Listener() {}, () -> false)
            .testError();
    assertTrue(error < 0.25, name + " " + error);
  }
}
