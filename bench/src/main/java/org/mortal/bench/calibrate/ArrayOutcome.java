package org.mortal.bench.calibrate;

import org.mortal.bench.calibrate.score.Score;
import org.mortal.chip.calibrated.ArrayCalibration;

/// What the calibration of one array came to.
///
/// @param found what is kept of it
/// @param evidence what reports show besides
/// @param mvmErrorBefore of held-out vectors as the chip shows them, root mean square, as a share of full scale: against the
///     truth where that is known, else against the map of cells
/// @param mvmErrorAfter the same once they are corrected
/// @param success share of the outputs whose held-out error is what noise leaves
/// @param truth how near all this is to the truth; null where nobody knows it
public record ArrayOutcome(
    ArrayCalibration found,
    Evidence evidence,
    double mvmErrorBefore,
    double mvmErrorAfter,
    double success,
    Score truth) {

  static ArrayOutcome of(Evidence evidence, double fullScale, ArrayCalibration found, Score truth) {
    double[][] predicted = evidence.prediction().amps();
    VectorReads vectors = evidence.heldOut();
    int good = 0;
    for (boolean one : found.success()) {
      good += one ? 1 : 0;
    }
    return new ArrayOutcome(
        found,
        evidence,
        truth == null
            ? distance(vectors.plain().toArrays(), predicted) / fullScale
            : truth.mvmErrorBefore(),
        truth == null
            ? distance(vectors.corrected().toArrays(), predicted) / fullScale
            : truth.mvmErrorAfter(),
        (double) good / found.success().length,
        truth);
  }

  private static double distance(float[][] amps, double[][] predicted) {
    double squares = 0;
    for (int n = 0; n < amps.length; n++) {
      for (int j = 0; j < amps[n].length; j++) {
        squares += Math.pow(amps[n][j] - predicted[n][j], 2);
      }
    }
    return Math.sqrt(squares / (amps.length * amps[0].length));
  }
}
