package org.mortal.bench.calibrate;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/// How each output does on vectors that nothing was fitted to.
///
/// @param heldOutAmps what corrected currents are off those that the map of cells predicts, root mean square
/// @param expectedAmps what noise and the map's own errors make of that
/// @param success whether that is all
record Verdict(double[] heldOutAmps, double[] expectedAmps, boolean[] success) {
  /// Sound outputs on one array that are taken for bad, on average.
  private static final double FALSE_ALARMS = 1e-3;

  /// By how much noise may be underestimated.
  private static final double TOLERANCE = 1.1;

  /// Numbers have so many digits only, also where nothing is noisy.
  private static final double ROUNDING = 1e-5;

  /// @param corrected amperes, vectors x outputs
  static Verdict of(float[][] corrected, Prediction prediction) {
    int outputs = corrected[0].length;
    int vectors = corrected.length;
    double level = 1 - FALSE_ALARMS / outputs;
    double most = new ChiSquaredDistribution(vectors).inverseCumulativeProbability(level) / vectors;
    Verdict verdict = new Verdict(new double[outputs], new double[outputs], new boolean[outputs]);
    for (int j = 0; j < outputs; j++) {
      double squares = 0;
      double size = 0;
      for (int n = 0; n < vectors; n++) {
        squares += Math.pow(corrected[n][j] - prediction.amps()[n][j], 2) / vectors;
        size += Math.pow(prediction.amps()[n][j], 2) / vectors;
      }
      verdict.heldOutAmps[j] = Math.sqrt(squares);
      verdict.expectedAmps[j] =
          Math.hypot(TOLERANCE * prediction.noise()[j], prediction.error()[j])
              + ROUNDING * Math.sqrt(size);
      verdict.success[j] = squares <= most * Math.pow(verdict.expectedAmps[j], 2);
    }
    return verdict;
  }
}
