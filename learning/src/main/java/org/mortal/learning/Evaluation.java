package org.mortal.learning;

import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// How often a network is wrong.
final class Evaluation {
  /// Vectors at a time: one buffer, however large the data set.
  private static final int CHUNK = 500;

  private Evaluation() {}

  static double error(LearningRule rule, Network network, DataSet data) {
    int wrong = 0;
    for (int from = 0; from < data.size(); from += CHUNK) {
      int to = Math.min(data.size(), from + CHUNK);
      INDArray logits = rule.predict(network, DataSet.rows(data.inputs(), from, to));
      for (int n = from; n < to; n++) {
        wrong += argMax(logits, n - from) == data.labels()[n] ? 0 : 1;
      }
    }
    return (double) wrong / data.size();
  }

  private static int argMax(INDArray logits, int row) {
    int best = 0;
    for (int c = 1; c < logits.size(1); c++) {
      best = logits.getFloat(row, c) > logits.getFloat(row, best) ? c : best;
    }
    return best;
  }
}
