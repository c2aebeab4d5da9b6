package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.learning.Evaluation;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.Boltzmann.Chains;
import org.mortal.learning.task.BarsAndStripes;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;

/// Machines whose randomness is the tiles' noise learn a distribution, and what to tell classes by.
class BoltzmannLearnTest {
  private static Evaluation.Score score(
      LearningRule rule, List<Integer> sizes, Task task, Recipe recipe, double epochs) {
    TileBank bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0.01, Fixture.KERNELS);
    Network network = Trainer.network(bank, task.classes(), recipe, 1, Fixture.KERNELS);
    return new Trainer(rule, network, recipe, 1)
        .train(task, new Trainer.Budget.Epochs(epochs), new Trainer.Listener() {}, () -> false)
        .test();
  }

  /// Six patterns of two by two. An even spread over all sixteen states is 0.98 nats away.
  @Test
  void freeChainsLearnSmallBarsAndStripes() {
    LearningRule rule = new Boltzmann(Chains.FREE, 10);
    Task task = BarsAndStripes.task(2);
    Recipe recipe = rule.recipe().withBatch(60).withRate(0.003);
    Evaluation.Score score = score(rule, List.of(4, 12, 2), task, recipe, 20);
    assertEquals(0, score.figures().get("patternsMissed"));
    assertTrue(score.figures().get("klNats") < 0.1, score.toString());
    assertEquals(1 - Math.exp(-score.figures().get("klNats")), score.error(), 0.03);
  }

  /// Chance is 0.75.
  @ParameterizedTest
  @CsvSource({"boltzmann, 0.3", "contrastive-divergence, 0.3"})
  void statesTellClasses(String name, double bound) {
    LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
    Recipe recipe = rule.recipe().withBatch(20);
    List<Integer> sizes = List.of(24, 20, 16, 4);
    double error = score(rule, sizes, Fixture.patterns(1), recipe, 6).error();
    assertTrue(error < bound, name + " " + error);
  }
}
