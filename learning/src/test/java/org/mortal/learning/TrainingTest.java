package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.rule.LocalCrossEntropy;
import org.mortal.learning.task.Task;

/// A training step by step beside [Trainer], which does the whole.
class TrainingTest {
  private static final Task PATTERNS = Fixture.patterns(1);
  private static final Budget BUDGET = new Budget.Epochs(2.5);

  private final LearningRule rule = new LocalCrossEntropy(LocalCrossEntropy.Slope.TABLE);
  private final Recipe recipe = rule.recipe().withBatch(20);

  /// Exact, since a test between steps would move the noise of those after it.
  private Network network() {
    return Trainer.network(Fixture.exactBank(List.of(24, 10, 8, 4)), 4, recipe, 1, Fixture.KERNELS);
  }

  private Training training(Network network, Teacher teacher) {
    return new Training(rule, network, recipe, PATTERNS, BUDGET, teacher, 1);
  }

  private static void finish(Training training) {
    while (training.done() < 1) {
      training.step();
    }
  }

  @Test
  void stepByStepIsTheSameAsWhole() {
    Network whole = network();
    Trainer.Result result =
        new Trainer(rule, whole, recipe, 1)
            .train(PATTERNS, BUDGET, new Trainer.Listener() {}, () -> false);
    Network stepped = network();
    Training training = training(stepped, Teacher.NONE);
    assertTrue(training.endsEpoch());
    finish(training);
    assertEquals(50, training.steps());
    assertEquals(2.5, training.epochs());
    assertFalse(training.endsEpoch());
    assertEquals(result.examples(), training.examples());
    assertEquals(result.meter().training().queries(), training.queries());
    for (int k = 0; k < 2; k++) {
      assertArrayEquals(
          whole.layer(k).tile().nominalWeights().toArrays(),
          stepped.layer(k).tile().nominalWeights().toArrays());
    }
  }

  /// A teacher that calls every pattern the next class is believed.
  @Test
  void whatATeacherSaysIsLearned() {
    Network network = network();
    Teacher wrong =
        (batch, rows) -> {
          float[][] targets = new float[rows.length][4];
          for (int n = 0; n < rows.length; n++) {
            assertEquals(PATTERNS.train().labels()[rows[n]], batch.labels()[n]);
            targets[n][(batch.labels()[n] + 1) % 4] = 1;
          }
          return new Minibatch(
              batch.inputs(), batch.labels(), Tensors.copy(Batch.of(targets)), batch.number());
        };
    finish(training(network, wrong));
    double error = Evaluation.of(rule, network, PATTERNS, 1).error(PATTERNS.validation());
    assertTrue(error > 0.9, "error " + error);
  }
}
