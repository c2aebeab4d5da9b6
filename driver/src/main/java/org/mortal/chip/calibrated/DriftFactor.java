package org.mortal.chip.calibrated;

import org.mortal.chip.Crossbar;

/// What all conductances of an array were at the calibration, for one that they are now.
///
/// A drift weakens the pattern of the currents and leaves it otherwise as it was. Where the pattern is another, cells were
/// written since, and nothing can be said of their drift.
///
/// @param value above 1 where conductances have fallen
/// @param error its standard error, from the noise of both measurements
/// @param likeness correlation of the currents of now and then, what all outputs of a vector have in common left out; 1 where
///     that cannot be said
public record DriftFactor(double value, double error, double likeness) {
  /// Nothing is known of a drift.
  public static final DriftFactor NONE = new DriftFactor(1, 0, 1);

  /// Cells that nobody wrote are alike but for noise, those that were written are not at all.
  private static final double SAME = 0.7;

  /// Standard errors that a factor must differ from 1 by.
  private static final double SURE = 2;

  /// Currents that tell nothing of a pattern.
  private static final int FEW = 8;

  /// Reads the reference vectors.
  ///
  /// @param corrected an array whose currents are corrected, but not for drift
  static DriftFactor measure(Crossbar corrected, DriftReference then) {
    ReferenceMagnitude now = ReferenceMagnitude.of(corrected, then.inputs(), then.repeats());
    double value = then.meanAmps() / now.meanAmps();
    double error =
        value * Math.hypot(then.errorAmps() / then.meanAmps(), now.errorAmps() / now.meanAmps());
    return new DriftFactor(value, error, likeness(now.amps(), then.amps()));
  }

  private static double likeness(float[][] now, float[][] then) {
    double[] late = pattern(now);
    double[] early = pattern(then);
    double likeness = product(late, early) / Math.sqrt(product(late, late) * product(early, early));
    return early.length < FEW || Double.isNaN(likeness) ? 1 : likeness;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /// How the outputs of each vector differ, one vector after the other.
  private static double[] pattern(float[][] amps) {
    int outputs = amps[0].length;
    double[] pattern = new double[amps.length * outputs];
    for (int n = 0; n < amps.length; n++) {
      double sum = 0;
      for (float one : amps[n]) {
        sum += one;
      }
      for (int j = 0; j < outputs; j++) {
        pattern[n * outputs + j] = amps[n][j] - sum / outputs;
      }
    }
    return pattern;
  }

  /// Whether cells were written since the calibration, so that what it says of cells, wires and drift is of the past.
  public boolean written() {
    return likeness < SAME;
  }

  /// Whether it is more than noise, and of the same cells.
  public boolean used() {
    return !written() && Math.abs(value - 1) > SURE * error;
  }

  /// What currents are scaled by.
  public double applied() {
    return used() ? value : 1;
  }
}
