package org.mortal.bench.calibrate.wires;

/// Rows and columns are mostly drawn alike in the same metal, and so are their ends: a weak expectation, which says something
/// only of what nothing else tells of.
final class LikeLines implements WireEvidence {
  /// Standard deviation of the ratio between a row's resistances and a column's.
  private static final double SPREAD = 0.2;

  /// Ohms below which they may differ as they like.
  private static final double LEAST_OHMS = 0.05;

  @Override
  public Residuals at(double[] ohms) {
    double[] values = new double[2];
    double[][] slopes = new double[2][OHMS];
    for (int k = 0; k < 2; k++) {
      int column = OHMS - 1 - k;
      double scale = SPREAD * (ohms[k] + ohms[column]) / 2 + LEAST_OHMS;
      values[k] = (ohms[k] - ohms[column]) / scale;
      slopes[k][k] = 1 / scale;
      slopes[k][column] = -1 / scale;
    }
    return new Residuals(values, slopes);
  }
}
