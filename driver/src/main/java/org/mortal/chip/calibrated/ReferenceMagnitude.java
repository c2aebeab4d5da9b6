package org.mortal.chip.calibrated;

import org.mortal.chip.Crossbar;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Mean magnitude of all currents for reference vectors.
///
/// @param meanAmps over vectors, outputs and repeats
/// @param errorAmps its standard error, from how the repeats differ
public record ReferenceMagnitude(double meanAmps, double errorAmps) {

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
    double[] means = new double[repeats];
    double sum = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      corrected.read(read, amps);
      means[repeat] = meanMagnitude(amps);
      sum += means[repeat];
    }
    double mean = sum / repeats;
    double squares = 0;
    for (double one : means) {
      squares += (one - mean) * (one - mean);
    }
    return new ReferenceMagnitude(mean, Math.sqrt(squares / (repeats - 1) / repeats));
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
