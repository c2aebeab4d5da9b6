package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;

class BatchesTest {
  private static final int SIZE = 30;

  /// Example n has inputs (n + 1) / 64 and label n mod 3.
  private static DataSet data() {
    float[][] inputs = new float[SIZE][6];
    int[] labels = new int[SIZE];
    for (int n = 0; n < SIZE; n++) {
      java.util.Arrays.fill(inputs[n], (n + 1) / 64f);
      labels[n] = n % 3;
    }
    return new DataSet(Tensors.copy(Batch.of(inputs)), labels, 3);
  }

  private static Batches batches(Dropout dropout, int size, long seed) {
    Network network =
        Fixture.network(Fixture.exactBank(List.of(6, 4, 3)), 3, new Coupling.Identity(), dropout);
    Recipe recipe = Recipe.STANDARD.withBatch(size).withSmoothing(0.3);
    return new Batches(new Task("numbers", data(), data(), data(), 6, 1), network, recipe, seed);
  }

  private static int example(Minibatch batch, int n) {
    return Math.round(batch.inputs().getFloat(n, 0) * 64) - 1;
  }

  private static List<Integer> epoch(Batches batches) {
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < batches.perEpoch(); step++) {
      Minibatch batch = batches.draw();
      for (int n = 0; n < batch.size(); n++) {
        int example = example(batch, n);
        assertEquals(example % 3, batch.labels()[n], "label and inputs stay together");
        assertEquals(example, batches.rows()[n], "a batch knows its rows");
        seen.add(example);
      }
    }
    return seen;
  }

  @Test
  void everyExampleComesOnceAnEpoch() {
    Batches batches = batches(Dropout.NONE, 5, 1);
    assertEquals(6, batches.perEpoch());
    List<Integer> first = epoch(batches);
    List<Integer> second = epoch(batches);
    Set<Integer> all = new TreeSet<>(first);
    assertEquals(SIZE, first.size());
    assertEquals(SIZE, all.size());
    assertEquals(all, new TreeSet<>(second));
    assertNotEquals(first, second);
    assertEquals(first, epoch(batches(Dropout.NONE, 5, 1)));
    assertNotEquals(first, epoch(batches(Dropout.NONE, 5, 2)));
  }

  @Test
  void whatIsLeftOverComesInAnotherOrder() {
    Batches batches = batches(Dropout.NONE, 8, 1);
    assertEquals(3, batches.perEpoch());
    List<Integer> first = epoch(batches);
    assertEquals(24, new TreeSet<>(first).size());
    assertEquals(24, new TreeSet<>(epoch(batches)).size());
    assertEquals(1, batches(Dropout.NONE, 500, 1).perEpoch(), "a batch is no larger than the set");
    assertEquals(SIZE, batches(Dropout.NONE, 500, 1).draw().size());
  }

  @Test
  void targetsAreSmoothedAndExamplesNumbered() {
    Batches batches = batches(Dropout.NONE, 5, 1);
    for (int step = 0; step < 8; step++) {
      Minibatch batch = batches.draw();
      assertEquals(5 * step, batch.number());
      for (int n = 0; n < 5; n++) {
        float[] expected = {0.1f, 0.1f, 0.1f};
        expected[batch.labels()[n]] += 0.7f;
        assertArrayEquals(expected, batch.targets().toFloatMatrix()[n], 1e-6f);
      }
    }
  }

  @Test
  void inputsAreDroppedForGood() {
    Batches batches = batches(new Dropout(0.5, 0), 5, 1);
    DataSet data = data();
    int dropped = 0;
    for (int step = 0; step < 12; step++) {
      for (float[] row : batches.draw().inputs().toFloatMatrix()) {
        for (float value : row) {
          dropped += value == 0 ? 1 : 0;
        }
      }
    }
    assertEquals(180, dropped, 4 * Math.sqrt(90), "of 360");
    assertTrue(data.inputs().minNumber().floatValue() > 0, "no example is zero by itself");
  }

  @Test
  void aRangeOfRowsIsAView() {
    DataSet data = data();
    var rows = DataSet.rows(data.inputs(), 3, 5);
    assertEquals(4 / 64f, rows.getFloat(0, 2));
    assertEquals(5 / 64f, rows.getFloat(1, 5));
    assertEquals(2, rows.size(0));
  }

  @Test
  void twoRightAnswersAreAsLikely() {
    int[] first = {0, 1};
    DataSet data = new DataSet(Tensors.zeros(2, 1), first, new int[] {2, 1}, 3);
    Network network = Fixture.network(Fixture.exactBank(List.of(1, 4, 3)), 3);
    Recipe recipe = Recipe.STANDARD.withBatch(2).withSmoothing(0.3);
    Minibatch batch =
        new Batches(new Task("two", data, data, data, 1, 1), network, recipe, 1).draw();
    for (int n = 0; n < 2; n++) {
      float[] expected =
          batch.labels()[n] == 0 ? new float[] {.45f, .1f, .45f} : new float[] {.1f, .8f, .1f};
      assertArrayEquals(expected, batch.targets().getRow(n).toFloatVector(), 1e-6f);
    }
  }
}
