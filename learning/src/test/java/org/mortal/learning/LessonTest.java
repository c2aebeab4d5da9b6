package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mortal.learning.rule.Backprop;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What a lesson tells, and in how many bits.
class LessonTest {
  private static final int SIZE = 20;

  private final Network home =
      Fixture.network(
          Fixture.exactBank(List.of(7, 6, 5, 3)),
          3,
          new Coupling.Identity(),
          new Dropout(0.25, 0.5));
  private final Minibatch batch = Fixture.batch(SIZE, 7, 3, 31);

  @Test
  void activitiesAreThoseOfAllLayersRoundedToTheirBits() {
    for (int bits : new int[] {3, 8}) {
      Lesson lesson = Lesson.activities(home, batch.inputs(), bits);
      assertEquals(bits * (6 + 5), lesson.bitsPerExample());
      assertEquals(SIZE * bits * (6 + 5), lesson.bits());
      Activations pass = home.evaluate(batch.inputs());
      int first = 0;
      for (int k = 0; k < 2; k++) {
        float[][] exact = pass.hidden(k).toFloatMatrix();
        double step = pass.hidden(k).maxNumber().doubleValue() / ((1 << bits) - 1);
        TreeSet<Float> levels = new TreeSet<>();
        for (int n = 0; n < SIZE; n++) {
          for (int j = 0; j < exact[n].length; j++) {
            float told = lesson.answers().getFloat(n, first + j);
            assertEquals(exact[n][j], told, 0.5001 * step);
            assertEquals(Math.rint(told / step), told / step, 1e-3);
            levels.add(told);
          }
        }
        assertTrue(levels.size() > 3 && levels.size() <= 1 << bits, levels.size() + " levels");
        first += exact[0].length;
      }
    }
  }

  @Test
  void softTargetsAreProbabilitiesThatAHigherTemperatureEvensOut() {
    double[] most = new double[2];
    for (int i = 0; i < 2; i++) {
      Lesson lesson =
          Lesson.softTargets(new Backprop(), home, batch.inputs(), i == 0 ? 1 : 100, 12);
      assertEquals(12 * 3, lesson.bitsPerExample());
      for (int n = 0; n < SIZE; n++) {
        assertEquals(1, lesson.answers().getRow(n).sumNumber().doubleValue(), 1e-5);
      }
      most[i] = lesson.answers().maxNumber().doubleValue();
    }
    INDArray exact = Losses.softmax(new Backprop().predict(home, batch.inputs()));
    assertEquals(exact.maxNumber().doubleValue(), most[0], 1e-3);
    assertTrue(most[0] > 0.5 && most[1] < 0.35, most[0] + " and " + most[1]);
  }

  @Test
  void teachingPutsAnswersForTargets() {
    Lesson activities = Lesson.activities(home, batch.inputs(), 8);
    Lesson soft = Lesson.softTargets(new Backprop(), home, batch.inputs(), 1, 8);
    int[] rows = {4, 17, 4};
    Minibatch drawn = Fixture.batch(3, 7, 3, 32);
    Minibatch whole = activities.teach(drawn, rows);
    Minibatch dropped = soft.teach(drawn, rows);
    for (int n = 0; n < rows.length; n++) {
      assertArrayEquals(row(activities.answers(), rows[n]), row(whole.targets(), n));
      assertArrayEquals(row(batch.inputs(), rows[n]), row(whole.inputs(), n));
      assertArrayEquals(row(soft.answers(), rows[n]), row(dropped.targets(), n));
    }
    assertSame(drawn.inputs(), dropped.inputs());
    assertEquals(drawn.number(), whole.number());
  }

  private static float[] row(INDArray matrix, int n) {
    return matrix.getRow(n).toFloatVector();
  }

  @Test
  void aPartOfALessonIsItsBeginning() {
    Lesson lesson = Lesson.activities(home, batch.inputs(), 4).first(5);
    assertEquals(5 * 4 * 11, lesson.bits());
    assertEquals(5, lesson.inputs().size(0));
    assertArrayEquals(row(batch.inputs(), 4), row(lesson.inputs(), 4));
  }

  @Test
  void aNumberHasOneToSixteenBits() {
    for (int bits : new int[] {0, 17}) {
      assertThrows(LearningException.class, () -> Lesson.activities(home, batch.inputs(), bits));
    }
  }
}
