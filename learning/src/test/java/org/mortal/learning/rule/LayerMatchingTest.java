package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.Deltas;
import org.mortal.learning.Fixture;
import org.mortal.learning.Learned;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Lesson;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.Training;
import org.mortal.learning.task.Task;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

class LayerMatchingTest {
  private static final int SIZE = 12;

  private static Deltas estimate(Network network, Minibatch batch) {
    LearningRule rule = new LayerMatching();
    network.grant(rule);
    rule.beginEpoch(network, batch, new Philox(1));
    return rule.estimate(network, batch, new Philox(2));
  }

  private static Minibatch matching(Minibatch batch, Network home) {
    int[] rows = new int[SIZE];
    Arrays.setAll(rows, n -> n);
    return Lesson.activities(home, batch.inputs(), 16).teach(batch, rows);
  }

  /// @param bias of all units, layer by layer
  private static void lift(Network network, float... bias) {
    for (int k = 0; k < network.depth(); k++) {
      float[] lifted = new float[network.layer(k).tile().outputs()];
      Arrays.fill(lifted, bias[k]);
      network.layer(k).tile().setBias(lifted);
    }
  }

  /// Half the mean square of the difference, of one layer whose inputs stay as they are.
  private static double loss(Network network, int k, INDArray input, INDArray wanted) {
    Tile tile = network.layer(k).tile();
    Batch output = Batch.zeros(SIZE, tile.outputs());
    tile.forward(Tensors.batch(input), output);
    double sum = 0;
    for (int n = 0; n < SIZE; n++) {
      for (int j = 0; j < tile.outputs(); j++) {
        double difference = Math.max(0, output.get(n, j)) - wanted.getFloat(n, j);
        sum += difference * difference / (2 * SIZE);
      }
    }
    return sum;
  }

  /// With all units active the slope of the loss is everywhere what the estimate says.
  @Test
  void theEstimateIsTheGradientOfEachLayersOwnLoss() {
    Network home = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
    Network heir = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
    heir.initialise(1, new Philox(77));
    lift(home, 5, 40);
    lift(heir, 5.3f, 40.3f);
    Minibatch batch = Fixture.batch(SIZE, 7, 3, 41);
    INDArray[] wanted = {
      home.evaluate(batch.inputs()).hidden(0).dup(), home.evaluate(batch.inputs()).hidden(1).dup()
    };
    Deltas deltas = estimate(heir, matching(batch, home));
    INDArray[] inputs = {batch.inputs(), heir.evaluate(batch.inputs()).hidden(0).dup()};
    for (int k = 0; k < 2; k++) {
      assertFalse(deltas.hasHead(k));
      Tile tile = heir.layer(k).tile();
      float step = 0.02f;
      for (int i = 0; i < tile.inputs(); i++) {
        for (int j = 0; j < tile.outputs(); j++) {
          Batch change = Batch.zeros(tile.inputs(), tile.outputs());
          change.set(i, j, step);
          tile.apply(new WeightUpdate.Increment(change));
          double above = loss(heir, k, inputs[k], wanted[k]);
          change.set(i, j, -2 * step);
          tile.apply(new WeightUpdate.Increment(change));
          double below = loss(heir, k, inputs[k], wanted[k]);
          change.set(i, j, step);
          tile.apply(new WeightUpdate.Increment(change));
          double slope = (above - below) / (2 * step);
          double estimated = deltas.layer(k).weights().getFloat(i, j);
          assertEquals(slope, estimated, 0.01 * Math.abs(slope) + 0.01, k + ": " + i + ", " + j);
        }
      }
    }
  }

  @Test
  void aSilentUnitThatShouldBeActiveIsWoken() {
    Network home = Fixture.network(Fixture.exactBank(List.of(7, 6, 3)), 3);
    Network heir = Fixture.network(Fixture.exactBank(List.of(7, 6, 3)), 3);
    lift(home, 5);
    lift(heir, -5);
    INDArray bias = estimate(heir, matching(Fixture.batch(SIZE, 7, 3, 42), home)).layer(0).bias();
    for (int j = 0; j < 6; j++) {
      assertTrue(bias.getFloat(0, j) < -1, "unit " + j + ": " + bias.getFloat(0, j));
    }
  }

  /// From tiles that saturate at 2 to noisy ones that saturate at 1.2, so that a copy is not enough.
  @Test
  void layersOfACopyComeNearThoseOfHome() {
    List<TileBank.Shape> shapes = Network.shapes(List.of(24, 20, 16, 4));
    Task task = Fixture.patterns(1);
    Network home = Fixture.network(new QuirkyTileBank(shapes, 4, 0.02, Fixture.KERNELS), 4);
    Network heir = Fixture.network(new QuirkyTileBank(shapes, 1.2, 0.02, Fixture.KERNELS), 4);
    Learned.copy(home, heir, 4, 0.004);
    double copied = distance(home, heir, task.test().inputs());
    LearningRule rule = new LayerMatching();
    Lesson lesson = Lesson.activities(home, task.train().inputs(), 8);
    Training training =
        new Training(
            rule,
            heir,
            rule.recipe().withBatch(20).withRate(2e-3),
            task,
            new Budget.Epochs(20),
            lesson,
            1);
    while (training.done() < 1) {
      training.step();
    }
    double matched = distance(home, heir, task.test().inputs());
    assertTrue(matched < 0.6 * copied, copied + " became " + matched);
  }

  /// Mean square of the difference, over all units of all layers.
  private static double distance(Network home, Network heir, INDArray inputs) {
    INDArray wanted = Lesson.activities(home, inputs, 16).answers();
    INDArray is = Lesson.activities(heir, inputs, 16).answers();
    return is.squaredDistance(wanted) / is.length();
  }
}
