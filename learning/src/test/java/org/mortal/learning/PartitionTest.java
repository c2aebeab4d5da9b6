package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.learning.rule.Backprop;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;

/// Parts of a layer share nothing, however long it is trained.
class PartitionTest {
  private static final Task PATTERNS = Fixture.patterns(1);

  @Test
  void whatWouldJoinThePartsStaysAtZero() {
    for (boolean centred : new boolean[] {false, true}) {
      TileBank bank = Fixture.exactBank(List.of(24, 20, 16, 4));
      LearningRule rule = new Backprop();
      Writing.Accumulated writing = new Writing.Accumulated(Optimiser.Kind.ADAM, 1);
      Recipe recipe = rule.recipe().withBatch(20).withWriting(writing.withCentred(centred));
      Network network = Trainer.network(bank, 4, recipe, new Partition(10, 5), 1, Fixture.KERNELS);
      float[][] start = bank.tiles().getFirst().measureWeights(1).toArrays();
      new Trainer(rule, network, recipe, 1)
          .train(PATTERNS, new Trainer.Budget.Epochs(1), new Trainer.Listener() {}, () -> false);
      float[][] end = bank.tiles().getFirst().measureWeights(1).toArrays();
      int moved = 0;
      for (int i = 0; i < 24; i++) {
        for (int j = 0; j < 20; j++) {
          if (i < 10 == j < 5) {
            moved += start[i][j] == end[i][j] ? 0 : 1;
          } else {
            assertEquals(0, end[i][j], "weight " + i + ", " + j);
          }
        }
      }
      // All but those of units that were never active.
      assertTrue(moved > (10 * 5 + 14 * 15) / 2, "moved " + moved);
    }
  }

  @Test
  void aPartIsNotEmpty() {
    assertThrows(LearningException.class, () -> new Partition(0, 5));
    assertThrows(LearningException.class, () -> new Partition(5, 0));
  }
}
