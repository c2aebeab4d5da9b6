package org.mortal.sim;

import org.mortal.kernel.Batch;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Settling;

/// What lies between the columns and the amplifiers, without its noise: lines that do not settle, outputs that couple, bias
/// currents. The plain way that [ReadWork] goes fast, in double precision.
///
/// @param sense what the lines end in
record QuietLines(SenseAmplifier sense) {

  /// Makes of what flows out of the columns what the amplifiers are given, in place.
  ///
  /// @param amps vectors x outputs, one read after the other, from lines at rest
  /// @param bias as in [Read#biasAmps]
  void pass(double[][] amps, Batch bias) {
    Settling settling = sense.settling();
    double left = settling == null ? 0 : settling.left();
    for (int n = 0; n < amps.length; n++) {
      for (int j = 0; j < amps[n].length; j++) {
        double before = n == 0 ? 0 : amps[n - 1][j];
        amps[n][j] += left * (before - amps[n][j]);
      }
    }
    for (int n = 0; n < amps.length; n++) {
      amps[n] = coupled(amps[n]);
      for (int j = 0; bias != null && j < bias.columns(); j++) {
        amps[n][j] += sense.bias(bias.get(bias.rows() == 1 ? 0 : n, j));
      }
    }
  }

  private double[] coupled(double[] amps) {
    double[] coupled = amps.clone();
    for (int j = 0; j + 1 < amps.length; j++) {
      coupled[j] += sense.crosstalk() * amps[j + 1];
      coupled[j + 1] += sense.crosstalk() * amps[j];
    }
    return coupled;
  }
}
