package org.mortal.bench.oracle;

/// How far a rule's estimate points along the true gradients, layer by layer.
///
/// A cosine is 1 along the gradient, 0 across it, and NaN where there is nothing to compare: the
/// rule has no estimate for the layer, or one of the two is zero. A rule can learn well at a global
/// cosine of 0.4, as long as it stays positive.
///
/// @param globalCosine to the gradient of the last head's loss, one entry per layer
/// @param localCosine to the gradient of each layer's own loss, one entry per layer
public record Alignment(double[] globalCosine, double[] localCosine) {

  /// The cosine of the angle between two matrices of one shape, taken as long vectors.
  static double cosine(double[][] one, double[][] other) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[i].length; j++) {
        product += one[i][j] * other[i][j];
        squares += one[i][j] * one[i][j];
        otherSquares += other[i][j] * other[i][j];
      }
    }
    return product / Math.sqrt(squares * otherSquares);
  }
}
