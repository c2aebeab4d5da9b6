package org.mortal.learning;

import org.mortal.kernel.Batch;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Losses on logits, in exact arithmetic.
public final class Losses {
  /// Keeps the logarithm of a vanishing probability finite.
  private static final double LEAST = 1e-12;

  private Losses() {}

  /// The probabilities for logits, row by row, in a new array.
  public static INDArray softmax(INDArray logits) {
    // Not Nd4j's own: on matrices this small, waking its threads takes far longer than the sum.
    INDArray probabilities = logits.dup('c');
    Batch batch = Tensors.batch(probabilities);
    float[] row = new float[batch.columns()];
    for (int n = 0; n < batch.rows(); n++) {
      batch.getRow(n, row);
      float most = Float.NEGATIVE_INFINITY;
      for (float logit : row) {
        most = Math.max(most, logit);
      }
      double sum = 0;
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) Math.exp(row[c] - most);
        sum += row[c];
      }
      float scale = (float) (1 / sum);
      for (int c = 0; c < row.length; c++) {
        row[c] *= scale;
      }
      batch.setRow(n, row);
    }
    return probabilities;
  }

  /// The derivative of the mean cross-entropy by the logits: (softmax - targets) / n.
  public static INDArray crossEntropyError(INDArray logits, INDArray targets) {
    return softmax(logits).subi(targets).divi(logits.size(0));
  }

  /// The mean cross-entropy of a batch.
  public static double crossEntropy(INDArray logits, INDArray targets) {
    INDArray probabilities = softmax(logits);
    double sum = 0;
    for (int n = 0; n < logits.size(0); n++) {
      for (int c = 0; c < logits.size(1); c++) {
        sum -= targets.getFloat(n, c) * Math.log(probabilities.getFloat(n, c) + LEAST);
      }
    }
    return sum / logits.size(0);
  }
}
