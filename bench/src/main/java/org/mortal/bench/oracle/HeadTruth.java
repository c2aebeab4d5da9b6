package org.mortal.bench.oracle;

import org.mortal.learning.Head;
import org.mortal.learning.Tensors;

/// A digital head in double precision, as it was when this was made.
///
/// @param weights hidden units x classes
/// @param bias one per class
record HeadTruth(double[][] weights, double[] bias) {

  static HeadTruth of(Head head) {
    return new HeadTruth(
        Doubles.of(Tensors.batch(head.weights())), Doubles.of(Tensors.batch(head.bias()))[0]);
  }

  /// hidden M + c, n x classes.
  double[][] logits(double[][] hidden) {
    double[][] logits = new double[hidden.length][];
    for (int n = 0; n < hidden.length; n++) {
      double[] row = bias.clone();
      for (int i = 0; i < weights.length; i++) {
        Doubles.addScaled(hidden[n][i], weights[i], row);
      }
      logits[n] = row;
    }
    return logits;
  }

  /// error Mᵀ, n x hidden units.
  double[][] back(double[][] error) {
    double[][] delta = new double[error.length][weights.length];
    for (int n = 0; n < error.length; n++) {
      for (int i = 0; i < weights.length; i++) {
        delta[n][i] = Doubles.dot(error[n], weights[i]);
      }
    }
    return delta;
  }

  /// The derivative of the mean cross-entropy by the logits: (softmax - targets) / n.
  static double[][] crossEntropyError(double[][] logits, double[][] targets) {
    double[][] error = new double[logits.length][];
    for (int n = 0; n < logits.length; n++) {
      double most = Double.NEGATIVE_INFINITY;
      for (double logit : logits[n]) {
        most = Math.max(most, logit);
      }
      double[] row = new double[logits[n].length];
      double sum = 0;
      for (int c = 0; c < row.length; c++) {
        row[c] = Math.exp(logits[n][c] - most);
        sum += row[c];
      }
      for (int c = 0; c < row.length; c++) {
        row[c] = (row[c] / sum - targets[n][c]) / logits.length;
      }
      error[n] = row;
    }
    return error;
  }
}
