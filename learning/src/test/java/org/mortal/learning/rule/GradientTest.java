package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.kernel.Philox;
import org.mortal.learning.Deltas;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;

/// The estimates of rules on exact tiles against central differences of their losses in doubles.
class GradientTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 2e-6;

  private final Network network = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
  private final PlainNet net = PlainNet.of(network);
  private final Minibatch batch = Fixture.batch(12, 7, 3, 51);

  private Deltas estimate(LearningRule rule) {
    network.grant(rule);
    rule.beginEpoch(network, batch, new Philox(1));
    return rule.estimate(network, batch, new Philox(2));
  }

  private static void assertDifferences(
      double[][] parameters, DoubleSupplier loss, float[][] gradient, double tolerance) {
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
        assertEquals(slope, gradient[i][j], tolerance, "(" + i + ", " + j + ")");
      }
    }
    assertTrue(largest > 100 * tolerance, "no slope above " + largest);
  }

  /// Weights and biases, which are passed as a matrix of one row that shares its memory.
  private void assertLayer(int k, DoubleSupplier loss, Deltas.Gradient gradient, double bound) {
    assertDifferences(net.weights()[k], loss, gradient.weights().toFloatMatrix(), bound);
    double[][] bias = {net.biases()[k]};
    assertDifferences(bias, loss, gradient.bias().toFloatMatrix(), bound);
  }

  private void assertHead(int k, DoubleSupplier loss, Deltas.Gradient gradient) {
    assertDifferences(net.headWeights()[k], loss, gradient.weights().toFloatMatrix(), TOLERANCE);
    double[][] bias = {net.headBiases()[k]};
    assertDifferences(bias, loss, gradient.bias().toFloatMatrix(), TOLERANCE);
  }

  @Test
  void backpropIsTheGradientOfTheLastHeadsLoss() {
    Deltas deltas = estimate(new Backprop());
    DoubleSupplier loss = () -> PlainNet.crossEntropy(net.logits(batch, 1), batch);
    for (int k = 0; k < 2; k++) {
      assertLayer(k, loss, deltas.layer(k), TOLERANCE);
    }
    assertHead(1, loss, deltas.head(1));
    assertFalse(deltas.hasHead(0), "nobody reads the first head");
  }

  /// On exact tiles a measured slope is 1, within the digits of the probes.
  @ParameterizedTest
  @EnumSource(Slope.class)
  void localCrossEntropyIsTheGradientOfEachLayersOwnLoss(Slope slope) {
    Deltas deltas = estimate(new LocalCrossEntropy(slope));
    for (int k = 0; k < 2; k++) {
      int layer = k;
      double[][] others = net.logits(batch, 1 - k);
      DoubleSupplier loss =
          () -> {
            double[][] own = net.logits(batch, layer);
            double alone = PlainNet.crossEntropy(own, batch);
            for (int n = 0; n < own.length; n++) {
              for (int c = 0; c < own[n].length; c++) {
                own[n][c] += others[n][c];
              }
            }
            return (alone + PlainNet.crossEntropy(own, batch)) / 2;
          };
      assertLayer(k, loss, deltas.layer(k), TOLERANCE);
      assertHead(k, loss, deltas.head(k));
    }
  }
}
