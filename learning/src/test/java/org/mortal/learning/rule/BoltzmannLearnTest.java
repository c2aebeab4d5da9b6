package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.learning.Evaluation;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;

/// States of machines whose randomness is the tiles' noise tell classes apart.
class BoltzmannLearnTest {
  private static Evaluation.Score score(
      LearningRule rule, List<Integer> sizes, Task task, Recipe recipe, double epochs) {
    TileBank bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0.01, Fixture.KERNELS);
    Network network = Trainer.network(bank, task.classes(), recipe, 1, Fixture.KERNELS);
    return new Trainer(rule, network, recipe, 1)
        .train(task, new Trainer.Budget.Epochs(epochs), new Trainer.Listener() {}, () -> false)
        .test();
  }

  /// Chance is 0.75.
  @ParameterizedTest
  @CsvSource({"boltzmann, 0.3", "contrastive-divergence, 0.3"})
  void statesTellClasses(String name, double bound) {
    LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
    Recipe recipe = rule.recipe().withBatch(20).withRate(0.01);
    List<Integer> sizes = List.of(24, 20, 16, 4);
    double error = score(rule, sizes, Fixture.patterns(1), recipe, 6).error();
    assertTrue(error < bound, name + " " + error);
  }
}
