package org.mortal.bench.calibrate;

import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.mortal.chip.calibrated.OutputCurve;

/// Refines the line of an output where that makes it follow the map of cells better.
///
/// The first half of some random vectors tells by which line the corrected currents follow those that the map predicts; the
/// second half says whether that line is worth having.
final class Refinement {
  /// Standard errors that a line must be off before it is changed: one false alarm in a hundred thousand.
  private static final double SIGMAS = 4.5;

  /// A slope beyond is none of an output.
  private static final double LEAST_SLOPE = 0.5;

  private final float[][] corrected;
  private final Prediction prediction;
  private final int rows;

  /// @param corrected amperes, vectors x outputs
  /// @param rows of the array
  Refinement(float[][] corrected, Prediction prediction, int rows) {
    this.corrected = corrected;
    this.prediction = prediction;
    this.rows = rows;
  }

  private int half() {
    return corrected.length / 2;
  }

  /// The curve of an output, refined if that is worth it.
  OutputCurve refine(int output, OutputCurve curve) {
    SimpleRegression line = new SimpleRegression();
    for (int n = 0; n < half(); n++) {
      line.addData(prediction.amps()[n][output], corrected[n][output]);
    }
    double spread = Math.sqrt(line.getXSumSquares() / half());
    if (spread == 0) {
      return curve;
    }
    // What the map is off is the same for all vectors, and so is no noise that averages out.
    double map = prediction.error()[output];
    double flat = Math.pow(map / spread, 2);
    double slope = line.getSlope();
    double shift = line.getIntercept();
    double slopeError = Math.hypot(line.getSlopeStdErr(), map / (spread * Math.sqrt(rows)));
    double shiftError = Math.hypot(line.getInterceptStdErr(), map);
    boolean steep = Math.abs(slope - 1) > SIGMAS * slopeError + flat;
    boolean shifted = Math.abs(shift) > SIGMAS * shiftError;
    if (!(slope > LEAST_SLOPE && slope < 1 / LEAST_SLOPE)) {
      // Currents below the first step of a converter: they tell of that step alone.
      return curve;
    }
    if (!(steep || shifted) || rest(output, slope, shift) >= rest(output, 1, 0)) {
      return curve;
    }
    return new OutputCurve(
        curve.gain() * slope,
        Math.max(curve.gainError(), curve.gain() * slopeError),
        curve.offsetAmps() + curve.gain() * shift,
        Math.max(curve.offsetError(), curve.gain() * shiftError),
        curve.saturation(),
        curve.fullScaleAmps(),
        curve.largestAmps());
  }

  /// Mean square of what is left of the second half.
  private double rest(int output, double slope, double shift) {
    double sum = 0;
    for (int n = half(); n < corrected.length; n++) {
      double one = (corrected[n][output] - shift) / slope - prediction.amps()[n][output];
      sum += one * one;
    }
    return sum / (corrected.length - half());
  }
}
