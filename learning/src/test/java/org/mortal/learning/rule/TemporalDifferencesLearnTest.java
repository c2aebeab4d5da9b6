package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.mortal.learning.task.Tasks;
import org.mortal.tile.TileBank;

/// Rules whose error is the difference of two passes through the same hardware learn something.
class TemporalDifferencesLearnTest {

  private static double error(
      LearningRule rule, TileBank bank, Task task, Recipe recipe, double epochs) {
    Network network = Trainer.network(bank, task.classes(), recipe, 1, Fixture.KERNELS);
    return new Trainer(rule, network, recipe, 1)
        .train(task, new Trainer.Budget.Epochs(epochs), new Trainer.Listener() {}, () -> false)
        .testError();
  }

  private static Recipe recipe(LearningRule rule) {
    return rule.recipe().withBatch(20).withDropout(Dropout.NONE).withRate(0.01);
  }

  /// On tiles that saturate and are noisy both ways, by whole pulses. Chance is 0.75.
  @ParameterizedTest
  @CsvSource({
    "contrastive-hebbian, 0.25",
    "difference-target-propagation, 0.25",
    "equilibrium-propagation, 0.25",
    "equilibrium-propagation-one-sided, 0.25",
    "generec, 0.25",
    "recirculation, 0.35"
  })
  void learnsPatterns(String name, double bound) {
    LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
    List<TileBank.Shape> shapes = Network.shapes(List.of(24, 20, 16, 4));
    TileBank bank = new QuirkyTileBank(shapes, 2, 0.05, Fixture.KERNELS);
    double error = error(rule, bank, Fixture.patterns(1), recipe(rule), 6);
    assertTrue(error < bound, name + " " + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contrastive-hebbian",
        "difference-target-propagation",
        "equilibrium-propagation",
        "generec"
      })
  void solvesXor(String name) {
    LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
    List<TileBank.Shape> shapes = Network.shapes(List.of(2, 8, 8, 2));
    TileBank bank = new QuirkyTileBank(shapes, 2, 0.02, Fixture.KERNELS);
    Task xor = Tasks.load("xor", null, 1);
    assertEquals(0, error(rule, bank, xor, recipe(rule).withSmoothing(0), 200), name);
  }
}
