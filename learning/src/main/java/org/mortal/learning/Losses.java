package org.mortal.learning;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/// Losses on logits, in exact arithmetic.
public final class Losses {
  /// Keeps the logarithm of a vanishing probability finite.
  private static final double LEAST = 1e-12;

  private Losses() {}

  /// The probabilities for logits, row by row.
  public static INDArray softmax(INDArray logits) {
    return Transforms.softmax(logits, true);
  }

  /// The derivative of the mean cross-entropy by the logits: (softmax - targets) / n.
  public static INDArray crossEntropyError(INDArray logits, INDArray targets) {
    return softmax(logits).subi(targets).divi(logits.size(0));
  }

  /// The mean cross-entropy of a batch.
  public static double crossEntropy(INDArray logits, INDArray targets) {
    INDArray logs = Transforms.log(softmax(logits).addi(LEAST), false);
    return -logs.muli(targets).sumNumber().doubleValue() / logits.size(0);
  }
}
