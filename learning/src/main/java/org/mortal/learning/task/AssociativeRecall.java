package org.mortal.learning.task;

import java.util.random.RandomGenerator;
import java.util.SplittableRandom;
import org.nd4j.linalg.factory.Nd4j;

/// Sequences that tell values of keys, and end with a question: what is true always, today and just now is asked for in turn.
///
/// Every key, a pattern of bits seen through noise, has a value that is usual. A sequence is a day: at first three keys are
/// given other values, each three times, which hold until its end. Some time later one key is given yet another value, once,
/// which holds for a moment: less than a millisecond. Then the value of a key is asked for. Four kinds of questions are equally
/// frequent: for a key with its usual value, for one with a value of the day, for the last one told while it holds, and for the
/// last one told when it holds no more, so that the value of the day or the usual one is right again.
///
/// Source of the idea: weights on several time scales, Hinton and Plaut, Conference of the Cognitive Science Society (1987); recall
/// of the recent past, Ba, Hinton, Mnih, Leibo, Ionescu, NIPS 2016.
public final class AssociativeRecall {
  /// What a moment holds.
  public static final Moments MOMENTS = new Moments(32, 8);

  private static final int KEYS = MOMENTS.values();
  private static final int OF_THE_DAY = 3;
  private static final int TIMES = 3;

  /// Told, told once more, then asked.
  private static final int LENGTH = OF_THE_DAY * TIMES + 2;

  private static final double NOISE = 0.05;
  private static final double STEP_SECONDS = 1e-3;
  private static final double LATER_SECONDS = 10e-3;
  private static final double[] HOLDS_SECONDS = {0.1e-3, 0.3e-3};
  private static final double[] OVER_SECONDS = {3e-3, 10e-3};

  private static final int TRAIN = 2000;
  private static final int VALIDATION = 500;
  private static final int TEST = 1000;

  private final boolean[][] keys = new boolean[KEYS][MOMENTS.inputs()];
  private final int[] usual = new int[KEYS];

  /// What is asked for.
  private enum Question {
    USUAL,
    OF_THE_DAY,
    JUST_NOW,
    NO_MORE
  }

  private AssociativeRecall(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (boolean[] key : keys) {
      for (int chosen : choose(MOMENTS.inputs(), MOMENTS.inputs() / 2, random)) {
        key[chosen] = true;
      }
    }
    System.arraycopy(choose(KEYS, KEYS, random), 0, usual, 0, KEYS);
  }

  /// The task `associative-recall`.
  ///
  /// @param seed of keys, their usual values and all sequences
  public static Task task(long seed) {
    AssociativeRecall recall = new AssociativeRecall(seed);
    RandomGenerator random = new SplittableRandom(seed + 1);
    return new Task(
        "associative-recall",
        recall.sequences(TRAIN, random),
        recall.sequences(VALIDATION, random),
        recall.sequences(TEST, random),
        LENGTH * MOMENTS.features(),
        1);
  }

  /// Sequences of the same keys that ask for what was told last, for curves of recall over time.
  ///
  /// @param seed as of [#task]
  /// @param times it was told, at least once
  /// @param seconds from when it was told to the question
  /// @return the label is the value that was told, whether or not it should still hold
  public static DataSet told(long seed, int times, double seconds, int size) {
    AssociativeRecall recall = new AssociativeRecall(seed);
    RandomGenerator random = new SplittableRandom(seed + 2);
    float[][] rows = new float[size][(times + 1) * MOMENTS.features()];
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      int key = random.nextInt(KEYS);
      labels[n] = recall.otherThan(recall.usual[key], random);
      for (int t = 0; t < times; t++) {
        double wait = t < times - 1 ? STEP_SECONDS : seconds;
        recall.moment(rows[n], t, key, labels[n], wait, random);
      }
      recall.moment(rows[n], times, key, -1, 0, random);
    }
    return new DataSet(Nd4j.createFromArray(rows), labels, MOMENTS.values());
  }

  private DataSet sequences(int size, RandomGenerator random) {
    float[][] rows = new float[size][LENGTH * MOMENTS.features()];
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = sequence(rows[n], Question.values()[n % Question.values().length], random);
    }
    return new DataSet(Nd4j.createFromArray(rows), labels, MOMENTS.values());
  }

  /// Fills in a sequence, and answers its question.
  private int sequence(float[] row, Question question, RandomGenerator random) {
    int[] order = choose(KEYS, KEYS, random);
    int[] today = usual.clone();
    for (int i = 0; i < OF_THE_DAY; i++) {
      today[order[i]] = otherThan(usual[order[i]], random);
    }
    int moment = 0;
    for (int t = 0; t < TIMES; t++) {
      for (int i = 0; i < OF_THE_DAY; i++) {
        boolean last = moment == LENGTH - 3;
        double wait = last ? LATER_SECONDS : STEP_SECONDS;
        moment(row, moment++, order[i], today[order[i]], wait, random);
      }
    }
    int ofTheDay = order[random.nextInt(OF_THE_DAY)];
    int ofAlways = order[OF_THE_DAY + random.nextInt(KEYS - OF_THE_DAY)];
    int any = random.nextBoolean() ? ofTheDay : ofAlways;
    int asked =
        switch (question) {
          case USUAL -> ofAlways;
          case OF_THE_DAY -> ofTheDay;
          case JUST_NOW, NO_MORE -> any;
        };
    boolean holds =
        switch (question) {
          case USUAL, OF_THE_DAY -> random.nextBoolean();
          case JUST_NOW -> true;
          case NO_MORE -> false;
        };
    int told =
        switch (question) {
          case USUAL, OF_THE_DAY -> (asked + 1 + random.nextInt(KEYS - 1)) % KEYS;
          case JUST_NOW, NO_MORE -> asked;
        };
    int value = otherThan(today[told], random);
    double[] waits = holds ? HOLDS_SECONDS : OVER_SECONDS;
    moment(row, moment++, told, value, waits[random.nextInt(waits.length)], random);
    moment(row, moment, asked, -1, 0, random);
    return question == Question.JUST_NOW ? value : today[asked];
  }

  private void moment(
      float[] row, int moment, int key, int value, double seconds, RandomGenerator random) {
    int first = MOMENTS.key(moment);
    for (int i = 0; i < MOMENTS.inputs(); i++) {
      row[first + i] = keys[key][i] ^ random.nextDouble() < NOISE ? 1 : 0;
    }
    MOMENTS.write(row, moment, value, seconds);
  }

  private int otherThan(int value, RandomGenerator random) {
    return (value + 1 + random.nextInt(MOMENTS.values() - 1)) % MOMENTS.values();
  }

  /// Some of the numbers below `of`, in random order.
  private static int[] choose(int of, int number, RandomGenerator random) {
    int[] all = new int[of];
    for (int i = 0; i < of; i++) {
      int place = random.nextInt(i + 1);
      all[i] = all[place];
      all[place] = i;
    }
    return java.util.Arrays.copyOf(all, number);
  }
}
