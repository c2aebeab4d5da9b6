package org.mortal.chip.calibrated;

import org.mortal.chip.Geometry;

/// What was found out about one array.
///
/// @param array its place in the chip
/// @param outputs one for each output, for all ways of sensing
/// @param rows one for each row
/// @param settlingLeft share of what an output carried before that is left in a read; 0 where lines settle
/// @param correction what wires take away, by columns; for half of the pairs, only their part of it
/// @param success of each output: whether its held-out error is what noise leaves
/// @param heldOutAmps of each output: the error on held-out vectors, root mean square
/// @param cells one by one
/// @param wires null where none were found
/// @param thresholds null where no pulses were given
/// @param drift reference reads; null where there are none
public record ArrayCalibration(
    int array,
    OutputCurve[] outputs,
    InputBend[] rows,
    double settlingLeft,
    Compensation correction,
    boolean[] success,
    double[] heldOutAmps,
    CellMap cells,
    WireFit wires,
    Thresholds thresholds,
    DriftReference drift) {

  /// Throws unless this can be of an array of `geometry`.
  void checkShape(Geometry geometry) {
    boolean fits =
        outputs.length == geometry.outputs()
            && rows.length == geometry.rows()
            && settlingLeft >= 0
            && settlingLeft < 1
            && fits(correction.rows(), geometry.rows())
            && fits(correction.outputs(), geometry.outputs())
            && (correction.rank() == 0
                || correction.in().length == geometry.rows()
                    && correction.out()[0].length == geometry.columns());
    if (!fits) {
      throw new IllegalArgumentException(
          "a calibration of %d rows and %d outputs is not of %s"
              .formatted(rows.length, outputs.length, geometry));
    }
  }

  private static boolean fits(float[] factors, int lines) {
    return factors.length == 0 || factors.length == lines;
  }
}
