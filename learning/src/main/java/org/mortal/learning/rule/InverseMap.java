package org.mortal.learning.rule;

import org.mortal.kernel.Batch;
import org.mortal.kernel.Products;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A digital linear map from what a layer answers to what it was given, learned from pairs of small changes of both.
///
/// It goes down the squared error of the changes, by steps as large as the pairs allow. Where answers come with noise it
/// keeps away from directions that are lost in it, as a pseudo-inverse with a ridge does.
final class InverseMap {
  /// Rounds of power iteration, which find the largest curvature within some percent.
  private static final int ROUNDS = 4;

  /// Of the largest step that is stable: what the rounds find is somewhat too small a curvature.
  private static final double STEP = 0.8;

  private final INDArray weights;
  private final Products products;
  private INDArray direction;

  /// @param answers units of the layer
  /// @param inputs that it is given
  InverseMap(int answers, int inputs, Products products) {
    this.weights = Tensors.zeros(answers, inputs);
    this.direction = Tensors.zeros(answers, 1).addi(1);
    this.products = products;
  }

  /// The changes of inputs that belong to changes of answers.
  INDArray apply(INDArray answers) {
    return product(answers, weights);
  }

  /// Learns from pairs of changes, row by row.
  void learn(INDArray answers, INDArray inputs) {
    double curvature = curvature(answers);
    if (curvature == 0) {
      return;
    }
    INDArray error = apply(answers).subi(inputs);
    weights.subi(productOfLeftTransposed(answers, error).muli(STEP / curvature));
  }

  /// The largest eigenvalue of answersᵀ answers; the direction is kept, since it hardly changes from batch to batch.
  private double curvature(INDArray answers) {
    double norm = 0;
    for (int round = 0; round < ROUNDS; round++) {
      INDArray next = productOfLeftTransposed(answers, product(answers, direction));
      norm = next.norm2Number().doubleValue();
      if (norm == 0) {
        return 0;
      }
      direction = next.divi(norm);
    }
    return norm;
  }

  private INDArray product(INDArray left, INDArray right) {
    INDArray result = Tensors.zeros((int) left.size(0), (int) right.size(1));
    products.multiply(Tensors.batch(left), Tensors.batch(right), Tensors.batch(result));
    return result;
  }

  private INDArray productOfLeftTransposed(INDArray left, INDArray right) {
    INDArray result = Tensors.zeros((int) left.size(1), (int) right.size(1));
    Batch target = Tensors.batch(result);
    products.multiplyLeftTransposed(Tensors.batch(left), Tensors.batch(right), target);
    return result;
  }
}
