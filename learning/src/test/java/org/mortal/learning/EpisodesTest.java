package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Environment;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Picture;
import org.mortal.learning.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

class EpisodesTest {

  /// Counts up from its start by action 1, earns what it has counted, and ends at ten.
  private static final class Counting implements Environment {
    @Override
    public int limit() {
      return 4;
    }

    @Override
    public double bestReturn() {
      return 40;
    }

    @Override
    public double[] start(float[] observation) {
      return new double[] {Math.rint(10 * observation[0])};
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) (state[0] / 10);
    }

    @Override
    public SequencedMap<String, Double> gauges(double[] state) {
      return new TreeMap<>();
    }

    @Override
    public Outcome step(double[] state, int action) {
      state[0] += action;
      return new Outcome(state[0], state[0] >= 10);
    }
  }

  private static DataSet starts(double... counts) {
    Batch inputs = Batch.zeros(counts.length, 1);
    for (int n = 0; n < counts.length; n++) {
      inputs.set(n, 0, (float) (counts[n] / 10));
    }
    return new DataSet(Tensors.copy(inputs), new int[counts.length], 2);
  }

  private static Episodes begun(double... counts) {
    Episodes episodes = new Episodes(new Counting(), counts.length);
    for (int n = 0; n < counts.length; n++) {
      episodes.begin(n, new float[] {(float) (counts[n] / 10)});
    }
    return episodes;
  }

  @Test
  void beingCutShortIsNoEnd() {
    Episodes episodes = begun(9, 0);
    episodes.act(new int[] {1, 1});
    assertTrue(episodes.isTerminated(0) && episodes.isOver(0));
    assertFalse(episodes.isOver(1));
    for (int step = 0; step < 3; step++) {
      episodes.act(new int[] {1, 1});
    }
    assertTrue(episodes.isOver(1));
    assertFalse(episodes.isTerminated(1));
    assertEquals(1 + 2 + 3 + 4, episodes.total(1));
  }

  @Test
  void nothingIsEarnedAfterTheEnd() {
    Episodes episodes = begun(9);
    episodes.act(new int[] {1});
    assertEquals(10, episodes.reward(0));
    assertFalse(episodes.isSpent(0));
    episodes.act(new int[] {1});
    assertEquals(0, episodes.reward(0));
    assertEquals(10, episodes.total(0));
    assertEquals(1, episodes.steps(0));
    assertTrue(episodes.isSpent(0));
  }

  /// The end of an episode is seen once; then another begins in its place.
  @Test
  void momentsShowTheEndAndBeginAnew() {
    DataSet starts = starts(8, 8, 8, 8, 8, 8);
    Recipe recipe = Recipe.STANDARD.withBatch(2).withDropout(Dropout.NONE);
    Network network = Fixture.network(Fixture.exactBank(List.of(1, 2, 2)), 2);
    Moments moments = new Moments(starts, new Counting(), network, recipe, 1);
    assertEquals(2, moments.size());
    assertEquals(3, moments.perEpoch());
    List<Float> seen = new ArrayList<>();
    for (int step = 0; step < 6; step++) {
      Minibatch batch = moments.draw();
      assertEquals(2L * step, batch.number());
      seen.add(batch.inputs().getFloat(0, 0));
      batch.episodes().act(new int[] {1, 0});
    }
    assertEquals(List.of(0.8f, 0.9f, 1f, 0.8f, 0.9f, 1f), seen);
  }

  @Test
  void aTestPlaysEveryStartToItsEnd() {
    Evaluation evaluation = new ControlEvaluation(EpisodesTest::alwaysOne, new Counting());
    Evaluation.Score score = evaluation.score(starts(0, 8, 9));
    double[] returns = {1 + 2 + 3 + 4, 9 + 10, 10};
    double mean = (returns[0] + returns[1] + returns[2]) / 3;
    assertEquals(1 - mean / 40, score.error(), 1e-12);
    assertArrayEquals(
        new Object[] {"meanReturn", "worstReturn"}, score.figures().keySet().toArray());
    assertEquals(mean, score.figures().get("meanReturn"), 1e-12);
    assertEquals(10, score.figures().get("worstReturn"));
  }

  private static INDArray alwaysOne(INDArray inputs) {
    INDArray logits = Tensors.zeros((int) inputs.size(0), 2);
    logits.getColumn(1).assign(1);
    return logits;
  }

  @Test
  void aRuleForClassesIsRefusedAWorld() {
    DataSet starts = starts(1, 2, 3);
    Task task =
        new Task(
            "count", starts, starts, starts, new Picture(1, 1), new Goal.Control(new Counting()));
    Network network = Fixture.network(Fixture.exactBank(List.of(1, 2, 2)), 2);
    LearningException refused =
        assertThrows(
            LearningException.class,
            () ->
                new Training(
                    Fixture.needing(Access.OUTPUTS),
                    network,
                    Recipe.STANDARD,
                    task,
                    new Trainer.Budget.Epochs(1),
                    Teacher.NONE,
                    1));
    assertTrue(refused.getMessage().contains("act in an environment"), refused.getMessage());
  }
}
