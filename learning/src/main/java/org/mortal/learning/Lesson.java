package org.mortal.learning;

import java.util.Arrays;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What a trained network answers to unlabelled inputs, for another network to learn by: all that one chip can leave to others.
///
/// Numbers are rounded to `bits` bits, so a pupil gets no more than what [#bits] counts. The inputs themselves are known to
/// both sides and are not counted.
///
/// @param kind what the numbers are
/// @param inputs n x features
/// @param answers n x numbers of an example
/// @param bitsPerNumber from 1 to 16
public record Lesson(Kind kind, INDArray inputs, INDArray answers, int bitsPerNumber)
    implements Teacher {
  private static final int CHUNK = 500;

  /// What a network can show of itself.
  public enum Kind {
    /// The activity of every unit of every layer, layer after layer: what [org.mortal.learning.rule.LayerMatching] learns by.
    ACTIVITIES,
    /// Probabilities of classes, in the place of targets: Hinton, Vinyals and Dean, arXiv:1503.02531.
    SOFT_TARGETS
  }

  public Lesson {
    if (bitsPerNumber < 1 || bitsPerNumber > 16) {
      throw new LearningException(
          "%d bits for a number of a lesson: give 1 to 16".formatted(bitsPerNumber));
    }
  }

  /// The activities of all layers of `home`, each layer rounded to even steps up to its own maximum.
  public static Lesson activities(Network home, INDArray inputs, int bitsPerNumber) {
    int units = home.layers().stream().mapToInt(layer -> layer.tile().outputs()).sum();
    INDArray answers = Tensors.zeros((int) inputs.size(0), units);
    Batch all = Tensors.batch(answers);
    for (int from = 0; from < all.rows(); from += CHUNK) {
      int to = Math.min(all.rows(), from + CHUNK);
      Activations pass = home.evaluate(DataSet.rows(inputs, from, to));
      int column = 0;
      for (int k = 0; k < home.depth(); k++) {
        Batch hidden = Tensors.batch(pass.hidden(k));
        all.rows(from, to).columns(column, column + hidden.columns()).copyFrom(hidden);
        column += hidden.columns();
      }
    }
    int column = 0;
    for (Layer layer : home.layers()) {
      int end = column + layer.tile().outputs();
      round(all.columns(column, end), bitsPerNumber);
      column = end;
    }
    return new Lesson(Kind.ACTIVITIES, inputs, answers, bitsPerNumber);
  }

  /// The probabilities that `home` gives to classes.
  ///
  /// @param rule by which it answers
  /// @param temperature that its logits are divided by: above 1 it tells more of what it holds for possible
  public static Lesson softTargets(
      LearningRule rule, Network home, INDArray inputs, double temperature, int bitsPerNumber) {
    INDArray answers = Tensors.zeros((int) inputs.size(0), (int) home.lastHead().bias().length());
    Batch all = Tensors.batch(answers);
    for (int from = 0; from < all.rows(); from += CHUNK) {
      int to = Math.min(all.rows(), from + CHUNK);
      INDArray logits = rule.predict(home, DataSet.rows(inputs, from, to)).divi(temperature);
      all.rows(from, to).copyFrom(Tensors.batch(Losses.softmax(logits)));
    }
    round(all, bitsPerNumber);
    normalise(all);
    return new Lesson(Kind.SOFT_TARGETS, inputs, answers, bitsPerNumber);
  }

  /// Rounds to even steps from 0 to the maximum.
  private static void round(Batch numbers, int bits) {
    float[] row = new float[numbers.columns()];
    float most = 0;
    for (int n = 0; n < numbers.rows(); n++) {
      numbers.getRow(n, row);
      for (float number : row) {
        most = Math.max(most, number);
      }
    }
    if (most == 0) {
      return;
    }
    float step = most / ((1 << bits) - 1);
    for (int n = 0; n < numbers.rows(); n++) {
      numbers.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        row[j] = step * Math.round(row[j] / step);
      }
      numbers.setRow(n, row);
    }
  }

  private static void normalise(Batch probabilities) {
    float[] row = new float[probabilities.columns()];
    for (int n = 0; n < probabilities.rows(); n++) {
      probabilities.getRow(n, row);
      float sum = 0;
      for (float share : row) {
        sum += share;
      }
      if (sum == 0) {
        Arrays.fill(row, 1f / row.length);
        sum = 1;
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= sum;
      }
      probabilities.setRow(n, row);
    }
  }

  /// The same for the first `count` inputs alone.
  public Lesson first(int count) {
    return new Lesson(
        kind, DataSet.rows(inputs, 0, count), DataSet.rows(answers, 0, count), bitsPerNumber);
  }

  /// Bits that an example takes.
  public long bitsPerExample() {
    return bitsPerNumber * answers.size(1);
  }

  /// Bits of the whole lesson.
  public long bits() {
    return bitsPerExample() * answers.size(0);
  }

  /// The lesson's part in a training on its [#inputs]: its answers are the targets. Activities belong to whole inputs, so
  /// with them nothing is dropped.
  @Override
  public Minibatch teach(Minibatch batch, int[] rows) {
    INDArray shown =
        switch (kind) {
          case ACTIVITIES -> Tensors.rows(inputs, rows);
          case SOFT_TARGETS -> batch.inputs();
        };
    return new Minibatch(shown, batch.labels(), Tensors.rows(answers, rows), batch.number());
  }
}
