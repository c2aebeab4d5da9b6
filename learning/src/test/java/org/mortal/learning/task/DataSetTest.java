package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.learning.task.DataErrors.assertDataError;

import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DataSetTest {
  private static final int[] LABELS = {2, 0, 1};

  @Test
  void slicesWithoutACopy() {
    INDArray inputs = Nd4j.createFromArray(new float[][] {{0, .1f}, {.2f, .3f}, {.4f, .5f}});
    DataSet all = new DataSet(inputs, LABELS, 3);
    DataSet rest = all.slice(1, 3);
    DataSet last = rest.slice(1, 2);
    assertEquals(2, rest.size());
    assertEquals(2, rest.features());
    assertEquals(3, rest.classes());
    assertArrayEquals(new int[] {0, 1}, rest.labels());
    assertArrayEquals(new long[] {1, 2}, last.inputs().shape());
    assertEquals(.5f, last.inputs().getFloat(0, 1));
    assertEquals(.9f, last.inputs().sumNumber().floatValue(), 1e-6f);
    INDArray turned = last.inputs().mmul(Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}}));
    assertEquals(Nd4j.createFromArray(new float[][] {{.5f, .4f}}), turned);
    inputs.putScalar(2, 1, 1f);
    assertEquals(1f, last.inputs().getFloat(0, 1), "the slice should see the same memory");
  }

  @Test
  void aShareOfLabelsIsWrongAndAllWrongOnesAreAsLikely() {
    int size = 20_000;
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = n % 4;
    }
    DataSet right = new DataSet(Nd4j.createFromArray(new float[size][1]), labels, 4);
    DataSet noisy = right.withWrongLabels(0.3, new Philox(7));
    int[] turn = new int[4];
    for (int n = 0; n < size; n++) {
      turn[Math.floorMod(noisy.labels()[n] - labels[n], 4)]++;
    }
    assertEquals(size - 6000, turn[0], "a share is met exactly");
    for (int other = 1; other < 4; other++) {
      assertEquals(2000, turn[other], 150, "turned by " + other);
    }
    int[] firstHalf = new int[2];
    for (int n = 0; n < size / 2; n++) {
      firstHalf[noisy.labels()[n] == labels[n] ? 0 : 1]++;
    }
    assertEquals(3000, firstHalf[1], 150, "anywhere");
    assertArrayEquals(
        noisy.labels(), right.withWrongLabels(0.3, new Philox(7)).labels(), "same seed");
    assertArrayEquals(labels, right.withWrongLabels(0, new Philox(7)).labels());
    assertEquals(0, labels[0], "the labels themselves are left alone");
  }

  @Test
  void aWrongLabelIsNeitherOfTwoRightOnes() {
    DataSet right =
        new DataSet(Nd4j.createFromArray(new float[3][2]), LABELS, new int[] {1, 0, 2}, 3);
    DataSet wrong = right.withWrongLabels(1, new Philox(1));
    assertEquals(0, wrong.labels()[0]);
    assertEquals(0, wrong.labels()[2]);
    assertFalse(wrong.isRight(0, 1) || wrong.isRight(0, 2), "nor is either right still");
    DataSet last = right.slice(2, 3);
    assertTrue(last.isRight(0, 1) && last.isRight(0, 2) && !last.isRight(0, 0));
  }

  @Test
  void whereBothClassesAreRightThereIsNoWrongLabel() {
    DataSet both =
        new DataSet(Nd4j.createFromArray(new float[1][2]), new int[] {0}, new int[] {1}, 2);
    assertDataError(() -> both.withWrongLabels(1, new Philox(1)), "example 0", "both classes");
  }

  @Test
  void refusesSlicesThatLeaveIt() {
    DataSet all = new DataSet(Nd4j.createFromArray(new float[3][2]), LABELS, 3);
    assertDataError(() -> all.slice(1, 1), "rows [1, 1)", "3 rows");
    assertDataError(() -> all.slice(-1, 1), "rows [-1, 1)");
    assertDataError(() -> all.slice(2, 4), "rows [2, 4)");
  }

  @Test
  void refusesWhatItDoesNotPromise() {
    INDArray good = Nd4j.createFromArray(new float[3][2]);
    assertDataError(() -> new DataSet(good, new int[] {0, 1}, 3), "3 rows", "2 labels");
    assertDataError(() -> new DataSet(good, LABELS, new int[2], 3), "3 labels", "2 second");
    assertDataError(() -> new DataSet(good, LABELS, new int[] {0, 0, 3}, 3), "label 3 of row 2");
    assertDataError(() -> new DataSet(good, LABELS, 2), "label 2 of row 0", "[0, 2)");
    assertDataError(() -> new DataSet(good, new int[] {0, -1, 0}, 2), "label -1 of row 1");
    assertDataError(() -> new DataSet(good, new int[3], 1), "1 classes");
    assertDataError(() -> new DataSet(good.dup('f'), LABELS, 3), "order 'f'");
    assertDataError(() -> new DataSet(Nd4j.createFromArray(new double[3][2]), LABELS, 3), "DOUBLE");
    assertDataError(() -> new DataSet(Nd4j.createFromArray(0f, 0f, 0f), LABELS, 3), "rank 1");
    for (float bad :
        new float[] {-0.1f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      INDArray wrong = Nd4j.createFromArray(new float[][] {{0, 0}, {0, bad}, {0, 0}});
      assertDataError(() -> new DataSet(wrong, LABELS, 3), "not finite values in [0, 1]");
    }
  }

  @Test
  void taskRefusesPartsThatDoNotFit() {
    DataSet two = new DataSet(Nd4j.createFromArray(new float[3][2]), LABELS, 3);
    DataSet one = new DataSet(Nd4j.createFromArray(new float[3][1]), LABELS, 3);
    DataSet more = new DataSet(Nd4j.createFromArray(new float[3][2]), LABELS, 4);
    assertDataError(() -> new Task("t", two, one, two, 2, 1), "task t: validation has 1 features");
    assertDataError(() -> new Task("t", two, two, more, 2, 1), "task t: test", "4 classes");
    assertDataError(() -> new Task("t", two, two, two, 2, 2), "2 x 2", "2 features");
  }
}
