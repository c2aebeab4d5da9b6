package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningException;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Where an [Adversary] moves examples, on exact tiles, where the way uphill is known.
class AdversaryTest {
  private static final double RADIUS = 0.02;
  private static final double STEP = 1e-3;

  private final Network network = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
  private final PlainNet net = PlainNet.of(network);

  /// Inputs well within 0 and 1, so that none is stopped at an end.
  private final Minibatch batch = inner(Fixture.batch(12, 7, 3, 51));

  private static Minibatch inner(Minibatch batch) {
    INDArray inputs = batch.inputs().dup('c').muli(0.8).addi(0.1);
    return new Minibatch(inputs, batch.labels(), batch.targets(), batch.number());
  }

  private Minibatch moved(double radius) {
    network.grant(new LocalCrossEntropy(Slope.TABLE, radius));
    return new Adversary(radius).move(network, batch, SlopeTable.measure(network, batch));
  }

  private double loss(INDArray inputs) {
    Minibatch at = new Minibatch(inputs, batch.labels(), batch.targets(), batch.number());
    return PlainNet.crossEntropy(net.logits(at, 0), at);
  }

  @Test
  void movesHalfOfTheExamplesByTheRadiusAlongTheGradientOfTheFirstLayersLoss() {
    INDArray way = moved(RADIUS).inputs().sub(batch.inputs());
    for (int n = 0; n < batch.size() / 2; n++) {
      double[] gradient = new double[7];
      double squares = 0;
      for (int i = 0; i < 7; i++) {
        INDArray above = batch.inputs().dup('c');
        above.putScalar(n, i, above.getDouble(n, i) + STEP);
        INDArray below = batch.inputs().dup('c');
        below.putScalar(n, i, below.getDouble(n, i) - STEP);
        gradient[i] = (loss(above) - loss(below)) / (2 * STEP);
        squares += gradient[i] * gradient[i];
      }
      for (int i = 0; i < 7; i++) {
        double expected = RADIUS * gradient[i] / Math.sqrt(squares);
        assertEquals(expected, way.getDouble(n, i), 0.02 * RADIUS, "example " + n);
      }
    }
    assertEquals(0, DataSet.rows(way, batch.size() / 2, batch.size()).norm2Number().doubleValue());
  }

  @Test
  void inputsStayBetweenZeroAndOneAndTheBatchAsItWas() {
    INDArray before = batch.inputs().dup('c');
    Minibatch moved = moved(5);
    assertEquals(0, moved.inputs().minNumber().doubleValue());
    assertEquals(1, moved.inputs().maxNumber().doubleValue());
    assertEquals(before, batch.inputs());
    assertTrue(loss(moved.inputs()) > loss(before));
  }

  @Test
  void goesByTheTableOfSlopesAlone() {
    assertThrows(LearningException.class, () -> new LocalCrossEntropy(Slope.LIVE, 1.0));
  }

  @Test
  void trainingThroughItLearns() {
    Network trained = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
    LocalCrossEntropy rule = new LocalCrossEntropy(Slope.TABLE, 0.1);
    trained.grant(rule);
    rule.beginEpoch(trained, batch, new Philox(1));
    double plain =
        new LocalCrossEntropy(Slope.NOMINAL)
            .estimate(trained, batch, new Philox(2))
            .head(0)
            .weights()
            .norm2Number()
            .doubleValue();
    double against =
        rule.estimate(trained, batch, new Philox(2)).head(0).weights().norm2Number().doubleValue();
    assertTrue(against > plain, "examples that are harder teach more");
  }
}
