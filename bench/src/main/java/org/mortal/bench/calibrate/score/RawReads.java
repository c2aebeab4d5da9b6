package org.mortal.bench.calibrate.score;

import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Reads of one array as they came.
///
/// @param read what the array itself was asked for
/// @param amps what its amplifiers showed, vectors x outputs
public record RawReads(Read read, Batch amps) {
  public RawReads {
    if (amps.rows() != read.inputs().rows()) {
      throw new IllegalArgumentException(
          "%d vectors have as many reads, not %d".formatted(read.inputs().rows(), amps.rows()));
    }
  }

  /// Voltages that were asked for, vectors x rows.
  double[][] volts() {
    double[][] volts = doubles(read.inputs());
    for (double[] vector : volts) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= read.voltsPerUnit();
      }
    }
    return volts;
  }

  static double[][] doubles(Batch batch) {
    double[][] values = new double[batch.rows()][batch.columns()];
    for (int n = 0; n < values.length; n++) {
      for (int j = 0; j < values[n].length; j++) {
        values[n][j] = batch.get(n, j);
      }
    }
    return values;
  }
}
