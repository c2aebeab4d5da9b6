package org.mortal.learning;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Picture;
import org.nd4j.linalg.api.ndarray.INDArray;

/// How often a network, or several together, name the wrong class.
public final class LabelEvaluation implements Evaluation {
  /// Vectors at a time: one buffer, however large the data set.
  private static final int CHUNK = 500;

  /// The picture itself and its moves by one pixel, right and down.
  private static final int[][] MOVES = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};

  private final UnaryOperator<INDArray> answers;
  private final Picture picture;
  private final int reads;

  /// @param answers logits, or anything that is largest for the class that is meant, n x classes in a new array
  /// @param reads pictures that an answer is the mean of, see [Recipe#testReads]
  public LabelEvaluation(UnaryOperator<INDArray> answers, Picture picture, int reads) {
    this.answers = answers;
    this.picture = picture;
    this.reads = reads;
  }

  /// The share of examples that get a wrong label, and as `testBits` what the right label of an example still tells whoever
  /// has the answer, the mean: cross-entropy, to the base 2, where answers are logits.
  @Override
  public Score score(DataSet data) {
    int wrong = 0;
    double bits = 0;
    for (int from = 0; from < data.size(); from += CHUNK) {
      int to = Math.min(data.size(), from + CHUNK);
      INDArray logits = logits(DataSet.rows(data.inputs(), from, to));
      INDArray shares = Losses.softmax(logits);
      for (int n = from; n < to; n++) {
        wrong += data.isRight(n, argMax(logits, n - from)) ? 0 : 1;
        double share = shares.getFloat(n - from, data.labels()[n]);
        bits -= Math.log(Math.max(share, Float.MIN_NORMAL)) / Math.log(2);
      }
    }
    return new Score((double) wrong / data.size(), Map.of("testBits", bits / data.size()));
  }

  private INDArray logits(INDArray inputs) {
    INDArray sum = answers.apply(inputs);
    for (int read = 1; read < reads; read++) {
      sum.addi(answers.apply(moved(inputs, MOVES[read][0], MOVES[read][1])));
    }
    return sum;
  }

  private INDArray moved(INDArray inputs, int right, int down) {
    Batch from = Tensors.batch(inputs);
    INDArray result = Tensors.zeros(from.rows(), from.columns());
    Batch to = Tensors.batch(result);
    float[] row = new float[from.columns()];
    float[] shifted = new float[from.columns()];
    for (int n = 0; n < from.rows(); n++) {
      from.getRow(n, row);
      picture.shift(row, right, down, shifted);
      to.setRow(n, shifted);
    }
    return result;
  }

  private static int argMax(INDArray logits, int row) {
    int best = 0;
    for (int c = 1; c < logits.size(1); c++) {
      best = logits.getFloat(row, c) > logits.getFloat(row, best) ? c : best;
    }
    return best;
  }
}
