package org.mortal.learning;

import org.nd4j.linalg.api.ndarray.INDArray;

/// The examples of one step.
///
/// @param inputs n x features, from 0 to 1; inputs that were dropped for this step are 0
/// @param labels the class of each
/// @param targets n x classes: a row sums to 1
/// @param number of its first example among all examples drawn so far: what random masks are addressed by
/// @param episodes that the inputs are observations of, to act in; null where nothing is to be done but to look
public record Minibatch(
    INDArray inputs, int[] labels, INDArray targets, long number, Episodes episodes) {

  /// Examples to look at.
  public Minibatch(INDArray inputs, int[] labels, INDArray targets, long number) {
    this(inputs, labels, targets, number, null);
  }

  public int size() {
    return labels.length;
  }
}
