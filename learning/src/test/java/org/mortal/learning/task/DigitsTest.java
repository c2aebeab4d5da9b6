package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.learning.task.DataErrors.assertDataError;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DigitsTest {
  private static final int FINGERPRINT = 1945525455;

  @Test
  void theSameSeedGivesTheSameBits() {
    Task one = Digits.generate(7, 300, 20, 30);
    Task two = Digits.generate(7, 300, 20, 30);
    assertArrayEquals(pixels(one.train()), pixels(two.train()));
    assertArrayEquals(pixels(one.validation()), pixels(two.validation()));
    assertArrayEquals(pixels(one.test()), pixels(two.test()));
    assertArrayEquals(one.train().labels(), two.train().labels());
  }

  @Test
  void theBitsAreTheSameEverywhere() {
    // Fixed once: a change means that published results can no longer be repeated.
    Task task = Digits.generate(7, 50, 1, 1);
    assertEquals(FINGERPRINT, Arrays.hashCode(levels(task.train())));
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() throws Exception {
    float[] usual = pixels(Digits.generate(7, 300, 20, 30).train());
    for (int threads : new int[] {1, 3}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        // A parallel stream that is started inside a pool runs in that pool.
        Task task = pool.submit(() -> Digits.generate(7, 300, 20, 30)).get();
        assertArrayEquals(usual, pixels(task.train()), threads + " threads");
      }
    }
  }

  @Test
  void theOtherSplitsDoNotMatter() {
    assertArrayEquals(
        pixels(Digits.generate(7, 300, 20, 30).test()),
        pixels(Digits.generate(7, 1, 400, 30).test()));
  }

  @Test
  void otherSeedsAndOtherSplitsShareNoPicture() {
    Set<List<Integer>> seen = new HashSet<>();
    int count = 0;
    for (long seed : new long[] {7, 8, 9, -1, 0}) {
      Task task = Digits.generate(seed, 200, 200, 200);
      for (DataSet part : List.of(task.train(), task.validation(), task.test())) {
        int[] levels = levels(part);
        for (int row = 0; row < part.size(); row++) {
          int from = row * part.features();
          seen.add(IntStream.range(from, from + part.features()).mapToObj(i -> levels[i]).toList());
          count++;
        }
      }
    }
    assertEquals(count, seen.size());
  }

  @Test
  void theClassesAreEvenAndMixed() {
    DataSet train = Digits.generate(7, 1_003, 1, 1).train();
    int[] counts = new int[10];
    Arrays.stream(train.labels()).forEach(label -> counts[label]++);
    for (int count : counts) {
      assertTrue(count == 100 || count == 101, Arrays.toString(counts));
    }
    long distinct = Arrays.stream(train.labels()).limit(100).distinct().count();
    assertEquals(10, distinct);
    int[] regular = IntStream.range(0, train.size()).map(i -> i % 10).toArray();
    assertFalse(Arrays.equals(regular, train.labels()));
  }

  @Test
  void everyPictureHoldsInkButNotMuch() {
    INDArray means = Digits.generate(7, 2_000, 1, 1).train().inputs().mean(1);
    assertTrue(means.minNumber().doubleValue() > 0.01, "blank picture");
    assertTrue(means.maxNumber().doubleValue() < 0.5, "black picture");
  }

  @Test
  void refusesSizesThatCannotBe() {
    assertDataError(() -> Digits.generate(1, 0, 1, 1), "0 train pictures");
    assertDataError(() -> Digits.generate(1, 1, -1, 1), "-1 validation pictures");
    assertDataError(() -> Digits.generate(1, 1, 1, 3_000_000), "3000000 test pictures");
  }

  @Test
  void aLinearModelFailsWhereNeighboursDoWell() {
    Task task = Digits.generate(1, 10_000, 1, 1_000);
    double linear = linearError(task);
    double nearest = nearestError(task);
    assertTrue(linear >= 0.08, "linear model errs on " + linear);
    assertTrue(linear < 0.30, "linear model errs on " + linear);
    assertTrue(nearest < 0.08, "nearest neighbour errs on " + nearest);
  }

  private static float[] pixels(DataSet set) {
    return set.inputs().data().asFloat();
  }

  private static int[] levels(DataSet set) {
    float[] pixels = pixels(set);
    return IntStream.range(0, pixels.length).map(i -> Math.round(pixels[i] * 255)).toArray();
  }

  /// The share of the test set that softmax regression errs on: descent with momentum in batches,
  /// the step falling to nothing.
  private static double linearError(Task task) {
    int batch = 100;
    int epochs = 12;
    int steps = epochs * task.train().size() / batch;
    INDArray truth = oneHot(task.train());
    INDArray weights = Nd4j.zeros(task.features(), task.classes());
    INDArray bias = Nd4j.zeros(1, task.classes());
    INDArray speed = Nd4j.zeros(task.features(), task.classes());
    for (int step = 0; step < steps; step++) {
      int from = step * batch % task.train().size();
      INDArray inputs = task.train().slice(from, from + batch).inputs();
      INDArray wanted = rows(truth, from, from + batch);
      INDArray wrong = Nd4j.nn().softmax(inputs.mmul(weights).addRowVector(bias)).sub(wanted);
      double rate = 0.1 * (1 - (double) step / steps) / batch;
      speed.muli(0.9).subi(inputs.transpose().mmul(wrong).muli(rate));
      weights.addi(speed);
      bias.subi(wrong.sum(true, 0).muli(rate));
    }
    INDArray scores = task.test().inputs().mmul(weights).addRowVector(bias);
    return error(scores.argMax(1).toIntVector(), task.test().labels());
  }

  /// The share of the test set that the label of the nearest training picture gets wrong.
  private static double nearestError(Task task) {
    INDArray known = task.train().inputs();
    // Of the squared distance, what does not depend on the known picture cannot change the order.
    INDArray norms = known.mul(known).sum(1).reshape(1, known.size(0));
    INDArray nearness = task.test().inputs().mmul(known.transpose()).muli(2).subiRowVector(norms);
    int[] nearest = nearness.argMax(1).toIntVector();
    return error(
        Arrays.stream(nearest).map(row -> task.train().labels()[row]).toArray(),
        task.test().labels());
  }

  private static double error(int[] answers, int[] labels) {
    return IntStream.range(0, labels.length).filter(i -> answers[i] != labels[i]).count()
        / (double) labels.length;
  }

  private static INDArray oneHot(DataSet set) {
    float[][] rows = new float[set.size()][set.classes()];
    for (int i = 0; i < rows.length; i++) {
      rows[i][set.labels()[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }
}
