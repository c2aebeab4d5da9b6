package org.mortal.learning;

import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A digital linear read-out of one layer: logits = hidden M + c, all in exact arithmetic.
public final class Head {
  private final INDArray weights;
  private final INDArray bias;
  private final Kernels kernels;

  Head(int inputs, int classes, Kernels kernels) {
    this.weights = Tensors.zeros(inputs, classes);
    this.bias = Tensors.zeros(1, classes);
    this.kernels = kernels;
  }

  /// M, hidden units x classes. Live: writing to it changes the head.
  public INDArray weights() {
    return weights;
  }

  /// c, 1 x classes. Live.
  public INDArray bias() {
    return bias;
  }

  /// The logits for a batch of activities, n x classes.
  public INDArray logits(INDArray hidden) {
    INDArray logits = Tensors.zeros((int) hidden.size(0), (int) weights.size(1));
    Batch batch = Tensors.batch(logits);
    kernels.products().multiply(Tensors.batch(hidden), Tensors.batch(weights), batch);
    float[] row = new float[batch.columns()];
    float[] constant = new float[batch.columns()];
    Tensors.batch(bias).getRow(0, constant);
    for (int n = 0; n < batch.rows(); n++) {
      batch.getRow(n, row);
      for (int c = 0; c < row.length; c++) {
        row[c] += constant[c];
      }
      batch.setRow(n, row);
    }
    return logits;
  }

  /// Sends an error back through the head: error Mᵀ, n x hidden units.
  public INDArray back(INDArray error) {
    INDArray delta = Tensors.zeros((int) error.size(0), (int) weights.size(0));
    kernels
        .products()
        .multiplyRightTransposed(
            Tensors.batch(error), Tensors.batch(weights), Tensors.batch(delta));
    return delta;
  }
}
