package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.Layer;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.rule.EquilibriumPropagation.Nudge;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What the change of a settled state says of the loss there.
class EquilibriumPropagationTest {
  private static final double RANGE = 3;
  private static final double FEEDBACK = 0.3;
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 5e-6;
  private static final List<Integer> SIZES = List.of(7, 6, 6, 5, 3);

  private final Minibatch batch = Fixture.batch(12, 7, 3, 51);

  private Deltas estimate(LearningRule rule, Network network) {
    network.grant(rule);
    rule.beginEpoch(network, batch, new Philox(1));
    return rule.estimate(network, batch, new Philox(2));
  }

  /// By finite differences of the loss of a network that settles in double loops.
  @Test
  void centredIsTheGradientOfTheSettledNetworksLoss() {
    Network network =
        Fixture.network(Fixture.exactBank(SIZES), 3, new Coupling.Scaled(RANGE), Dropout.NONE);
    LearningRule rule = new EquilibriumPropagation(Nudge.CENTRED, 0.01, FEEDBACK, 40, 40);
    Deltas deltas = estimate(rule, network);
    PlainNet net = PlainNet.of(network);
    SettledNet settled = new SettledNet(net, RANGE, FEEDBACK);
    for (int k = 0; k < 3; k++) {
      assertDifferences(settled, net.weights()[k], deltas.layer(k).weights());
      assertDifferences(settled, new double[][] {net.biases()[k]}, deltas.layer(k).bias());
    }
    assertDifferences(settled, net.headWeights()[2], deltas.head(2).weights());
  }

  private void assertDifferences(SettledNet settled, double[][] parameters, INDArray gradient) {
    double largest = 0;
    for (int i = 0; i < parameters.length; i++) {
      for (int j = 0; j < parameters[i].length; j++) {
        double held = parameters[i][j];
        parameters[i][j] = held + STEP;
        double above = settled.loss(batch);
        parameters[i][j] = held - STEP;
        double below = settled.loss(batch);
        parameters[i][j] = held;
        double slope = (above - below) / (2 * STEP);
        largest = Math.max(largest, Math.abs(slope));
        assertEquals(slope, gradient.getDouble(i, j), TOLERANCE, i + ", " + j);
      }
    }
    assertTrue(largest > 100 * TOLERANCE, "no slope above " + largest);
  }

  /// How far the estimate for the last layer is from that of a vanishing nudge, beside it.
  private double error(Nudge nudge, double size) {
    INDArray limit = lastLayer(Nudge.CENTRED, 0.02);
    return lastLayer(nudge, size).sub(limit).norm2Number().doubleValue()
        / limit.norm2Number().doubleValue();
  }

  /// On tiles that bend, with all units active: a unit that a nudge takes across the kink of its rectifier is of no order.
  private INDArray lastLayer(Nudge nudge, double size) {
    QuirkyTileBank bank = new QuirkyTileBank(Network.shapes(SIZES), 4, 0, Fixture.KERNELS);
    Network network = Fixture.network(bank, 3);
    for (Layer layer : network.layers()) {
      float[] bias = new float[layer.tile().outputs()];
      Arrays.fill(bias, 2.5f);
      layer.tile().setBias(bias);
    }
    LearningRule rule = new EquilibriumPropagation(nudge, size, 0.5, 15, 15);
    return estimate(rule, network).layer(2).weights().dup();
  }

  @Test
  void oneNudgeIsOffByItsOwnOrderAndTwoByFarLess() {
    double half = error(Nudge.ONE_SIDED, 0.05);
    double whole = error(Nudge.ONE_SIDED, 0.1);
    double centred = error(Nudge.CENTRED, 0.1);
    assertEquals(0.5, half / whole, 0.05);
    assertTrue(whole > 1e-3 && centred < whole / 50, centred + " against " + whole);
  }

  private long reads(List<Integer> sizes) {
    QuirkyTileBank bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0, Fixture.KERNELS);
    Network network = Fixture.network(bank, 3);
    LearningRule rule = new EquilibriumPropagation(Nudge.CENTRED, null);
    network.grant(rule);
    rule.beginEpoch(network, batch, new Philox(1));
    long before = bank.usage().queries();
    rule.estimate(network, batch, new Philox(2));
    return (bank.usage().queries() - before) / batch.size();
  }

  @Test
  void readsOneHiddenLayerOnceAndTwoSixTimes() {
    assertEquals(1, reads(List.of(7, 6, 3)));
    assertEquals(6, reads(List.of(7, 6, 5, 3)));
  }
}
