package org.mortal.bench.calibrate;

import org.mortal.chip.calibrated.OutputCurve;

/// Coded reads of all cells, pass after pass, as the amplifiers showed them.
///
/// @param shown amperes, passes x vectors of the code, by outputs
record CellReads(Code code, int passes, Packed shown) {

  static CellReads of(ArrayReader reader, Code code, int passes) {
    float[][] once = code.shares();
    float[][] shares = new float[passes * once.length][];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = once[n % once.length];
    }
    return new CellReads(code, passes, Packed.of(reader.read(shares, null, code.sense())));
  }

  /// What flowed into the amplifiers, as far as is known: passes x vectors, by outputs.
  ///
  /// @param settlingLeft share of what an output carried before that is left in a read
  double[][] lineAmps(OutputCurve[] curves, double settlingLeft) {
    float[][] amps = shown.toArrays();
    double[][] lines = new double[amps.length][curves.length];
    for (int j = 0; j < curves.length; j++) {
      double carried = 0;
      for (int n = 0; n < amps.length; n++) {
        double held = curves[j].lineAmps(amps[n][j]);
        lines[n][j] = (held - settlingLeft * carried) / (1 - settlingLeft);
        carried = held;
      }
    }
    return lines;
  }
}
