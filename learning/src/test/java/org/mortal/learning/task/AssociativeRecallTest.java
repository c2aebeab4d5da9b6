package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssociativeRecallTest {
  private static final SequenceLayout LAYOUT = AssociativeRecall.LAYOUT;
  private static final Task TASK = Tasks.load("associative-recall", null, 1);

  /// Bits in which the key of one moment differs from another.
  private static int distance(float[] row, int one, int other) {
    int count = 0;
    for (int i = 0; i < LAYOUT.inputs(); i++) {
      count += row[LAYOUT.key(one) + i] == row[LAYOUT.key(other) + i] ? 0 : 1;
    }
    return count;
  }

  /// What somebody who remembers everything knows: the value told just now where it still holds, else that of the day.
  private static int told(float[] row) {
    int last = LAYOUT.count(row.length) - 1;
    boolean holds = LAYOUT.seconds(row, last - 1) < 1e-3;
    int value = -1;
    for (int t = 0; t < (holds ? last : last - 1); t++) {
      if (distance(row, t, last) < 6) {
        value = LAYOUT.value(row, t);
      }
    }
    return value;
  }

  @Test
  void aQuarterOfQuestionsIsForWhatIsUsualAndTheRestForWhatWasTold() {
    DataSet train = TASK.train();
    float[][] rows = train.inputs().toFloatMatrix();
    Map<Integer, Integer> usual = new HashMap<>();
    int untold = 0;
    for (int n = 0; n < rows.length; n++) {
      int known = told(rows[n]);
      untold += known < 0 ? 1 : 0;
      if (known >= 0) {
        assertEquals(train.labels()[n], known, "sequence " + n);
      } else {
        usual.merge(train.labels()[n], 1, Integer::sum);
      }
    }
    // All that ask for the usual value, and half of those that ask for one that holds no more.
    assertEquals(0.375, (double) untold / rows.length, 0.03);
    assertEquals(8, usual.size());
  }

  @Test
  void aRowIsWholeMomentsAndEndsWithAQuestion() {
    float[] row = TASK.test().inputs().getRow(0).toFloatVector();
    assertEquals(10, LAYOUT.count(row.length));
    assertEquals(-1, LAYOUT.value(row, 9));
    assertTrue(LAYOUT.value(row, 8) >= 0);
    assertEquals(10e-3, LAYOUT.seconds(row, 7), 1e-9);
    assertEquals(LAYOUT.inputs(), TASK.inputs());
    String message = assertThrows(DataException.class, () -> LAYOUT.count(50)).getMessage();
    assertTrue(message.contains("50") && message.contains("41"), message);
  }

  @Test
  void theSameSeedTellsTheSame() {
    Task again = AssociativeRecall.task(1);
    assertArrayEquals(TASK.train().labels(), again.train().labels());
    assertEquals(TASK.train().inputs(), again.train().inputs());
    assertTrue(!Arrays.equals(TASK.train().labels(), AssociativeRecall.task(2).train().labels()));
  }

  @Test
  void whatIsToldForCurvesIsAskedAfterTheTimeSaid() {
    DataSet told = AssociativeRecall.told(1, 3, 2e-3, 5);
    for (int n = 0; n < told.size(); n++) {
      float[] row = told.inputs().getRow(n).toFloatVector();
      assertEquals(4, LAYOUT.count(row.length));
      assertEquals(told.labels()[n], LAYOUT.value(row, 2));
      assertEquals(2e-3, LAYOUT.seconds(row, 2), 1e-9);
      assertTrue(distance(row, 0, 3) < 8);
    }
  }
}
