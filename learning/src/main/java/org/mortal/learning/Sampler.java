package org.mortal.learning;

import org.nd4j.linalg.api.ndarray.INDArray;

/// A rule whose trained network makes examples of its own.
public interface Sampler extends LearningRule {

  /// Examples as the network makes them, each apart from the others.
  ///
  /// @return count x features, each entry 0 or 1, in a new array
  INDArray sample(Network network, int count);
}
