package org.mortal.sim.device;

import org.mortal.chip.WriteMode;

/// How much of a nominal step a pulse of another shape makes.
///
/// Nothing switches at or below the threshold. Above it a step grows exponentially with amplitude and linearly with
/// width: the field-driven switching of filamentary oxides, in its simplest form.
///
/// Source: voltage-time relation of HfOx, Yu and Wong, IEEE Electron Device Letters 31, 1455 (2010).
///
/// @param voltsPerDecade rise of the amplitude that makes steps ten times as large
/// @param threshold fraction of the nominal amplitude up to which nothing switches; 0 for cells without a threshold
public record Switching(double voltsPerDecade, double threshold) {
  public Switching {
    Numbers.requirePositive("voltsPerDecade", voltsPerDecade);
    Numbers.requireFraction("threshold", threshold);
  }

  /// Steps for each SET pulse of that shape; 1 for a nominal one.
  public double set(double volts, double seconds, WriteMode nominal) {
    return steps(volts, nominal.setVolts(), seconds / nominal.seconds());
  }

  /// Steps for each RESET pulse of that shape; 1 for a nominal one.
  public double reset(double volts, double seconds, WriteMode nominal) {
    return steps(volts, nominal.resetVolts(), seconds / nominal.seconds());
  }

  private double steps(double volts, double nominal, double widths) {
    return volts <= threshold * nominal
        ? 0
        : widths * Math.pow(10, (volts - nominal) / voltsPerDecade);
  }
}
