package org.mortal.bench.calibrate;

import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;

/// What the map of cells says of the currents of vectors.
///
/// @param amps vectors x outputs
/// @param noise standard deviation of one read around it, by outputs: of amplifiers and cells
/// @param error standard deviation of `amps`, by outputs: of the map
record Prediction(double[][] amps, double[] noise, double[] error) {

  /// @param shares of the highest voltage, vectors x rows
  /// @param amplifier noise of each output
  /// @param cellNoise of each cell, rows x columns in siemens
  static Prediction of(
      Geometry geometry,
      float[][] shares,
      double readVolts,
      CellFit.Estimates cells,
      double[] amplifier,
      double[][] cellNoise) {
    int outputs = geometry.outputs();
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    double[][] amps = new double[shares.length][outputs];
    double[] noise = new double[outputs];
    double[] error = new double[outputs];
    for (int r = 0; r < geometry.rows(); r++) {
      double squares = 0;
      for (int n = 0; n < shares.length; n++) {
        double volts = shares[n][r] * readVolts;
        squares += volts * volts / shares.length;
        for (int j = 0; j < outputs; j++) {
          double minus = pairs ? cells.siemens()[r][j + outputs] : 0;
          amps[n][j] += volts * (cells.siemens()[r][j] - minus);
        }
      }
      for (int c = 0; c < geometry.columns(); c++) {
        noise[c % outputs] += squares * Math.pow(cellNoise[r][c], 2);
        error[c % outputs] += squares * Math.pow(cells.errors()[r][c], 2);
      }
    }
    for (int j = 0; j < outputs; j++) {
      noise[j] = Math.sqrt(noise[j] + amplifier[j] * amplifier[j]);
      error[j] = Math.sqrt(error[j]);
    }
    return new Prediction(amps, noise, error);
  }
}
