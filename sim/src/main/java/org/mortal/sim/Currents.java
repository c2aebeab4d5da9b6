package org.mortal.sim;

import org.mortal.kernel.Batch;

/// Where the currents of a batch of reads come from, before noise and amplifiers.
sealed interface Currents {

  /// The power that all vectors together take from the drivers.
  double watts();

  /// The currents themselves, without noise, vectors x outputs.
  ///
  /// @param volts that the rows are driven with, vectors x rows
  double[][] amps(Batch volts);

  /// One linear map of the row voltages.
  ///
  /// @param signal amperes at each output for a volt at each row
  /// @param variance of the noise that differs from cell to cell, for a volt squared at each row, or null
  record Product(Batch signal, Batch variance, double watts) implements Currents {
    @Override
    public double[][] amps(Batch volts) {
      double[][] amps = new double[volts.rows()][signal.columns()];
      float[] siemens = new float[signal.columns()];
      for (int i = 0; i < volts.columns(); i++) {
        signal.getRow(i, siemens);
        for (int n = 0; n < amps.length; n++) {
          double v = volts.get(n, i);
          for (int j = 0; j < siemens.length; j++) {
            amps[n][j] += v * siemens[j];
          }
        }
      }
      return amps;
    }
  }

  /// Currents that were solved for one by one.
  ///
  /// @param amps vectors x outputs
  /// @param variances of the noise that differs from cell to cell, vectors x outputs, or null
  record Solved(Batch amps, Batch variances, double watts) implements Currents {
    @Override
    public double[][] amps(Batch volts) {
      double[][] copy = new double[amps.rows()][amps.columns()];
      for (int n = 0; n < copy.length; n++) {
        for (int j = 0; j < copy[n].length; j++) {
          copy[n][j] = amps.get(n, j);
        }
      }
      return copy;
    }
  }
}
