package org.mortal.chip.calibrated;

import org.mortal.chip.Crossbar;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// All currents for reference vectors, and their mean magnitude.
///
/// @param amps averaged over repeats, vectors x outputs
/// @param meanAmps over vectors, outputs and repeats
/// @param errorAmps its standard error, from how the repeats differ
public record ReferenceMagnitude(float[][] amps, double meanAmps, double errorAmps) {

  /// Reads the vectors again and again.
  ///
  /// @param corrected an array whose currents are corrected
  /// @param inputs shares of the highest read voltage, vectors x rows
  /// @param repeats at least 2
  public static ReferenceMagnitude of(Crossbar corrected, float[][] inputs, int repeats) {
    if (repeats < 2) {
      throw new IllegalArgumentException(
          "the error of a reference needs at least 2 repeats, not " + repeats);
    }
    Read read = new Read(Batch.of(inputs), corrected.limits().maxReadVolts(), null, Read.Sense.ALL);
    Batch amps = Batch.zeros(inputs.length, corrected.geometry().outputs());
    float[][] mean = new float[amps.rows()][amps.columns()];
    double[] means = new double[repeats];
    double sum = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      corrected.read(read, amps);
      means[repeat] = meanMagnitude(amps);
      add(amps, 1f / repeats, mean);
      sum += means[repeat];
    }
    double magnitude = sum / repeats;
    double squares = 0;
    for (double one : means) {
      squares += (one - magnitude) * (one - magnitude);
    }
    return new ReferenceMagnitude(mean, magnitude, Math.sqrt(squares / (repeats - 1) / repeats));
  }

  private static void add(Batch amps, float share, float[][] to) {
    float[] row = new float[amps.columns()];
    for (int n = 0; n < amps.rows(); n++) {
      amps.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        to[n][j] += share * row[j];
      }
    }
  }

  private static double meanMagnitude(Batch amps) {
    float[] row = new float[amps.columns()];
    double sum = 0;
    for (int n = 0; n < amps.rows(); n++) {
      amps.getRow(n, row);
      for (float one : row) {
        sum += Math.abs(one);
      }
    }
    return sum / ((double) amps.rows() * amps.columns());
  }
}
