package org.mortal.chip.calibrated;

import org.mortal.chip.Crossbar;

/// What all conductances of an array were at the calibration, for one that they are now.
///
/// @param value above 1 where conductances have fallen
/// @param error its standard error, from the noise of both measurements
public record DriftFactor(double value, double error) {
  /// Nothing is known of a drift.
  public static final DriftFactor NONE = new DriftFactor(1, 0);

  /// Standard errors that a factor must differ from 1 by.
  private static final double SURE = 2;

  /// Reads the reference vectors.
  ///
  /// @param corrected an array whose currents are corrected, but not for drift
  static DriftFactor measure(Crossbar corrected, DriftReference then) {
    ReferenceMagnitude now = ReferenceMagnitude.of(corrected, then.inputs(), then.repeats());
    double value = then.meanAmps() / now.meanAmps();
    double error =
        value * Math.hypot(then.errorAmps() / then.meanAmps(), now.errorAmps() / now.meanAmps());
    return new DriftFactor(value, error);
  }

  /// Whether it is more than noise.
  public boolean used() {
    return Math.abs(value - 1) > SURE * error;
  }

  /// What currents are scaled by.
  public double applied() {
    return used() ? value : 1;
  }
}
