package org.mortal.sim.device;

import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;

/// How much of a nominal step a pulse of another shape makes.
///
/// Below half the nominal amplitude nothing switches, which is what makes half-selected writing possible. Above that the
/// step grows exponentially with amplitude, tenfold for each 0.5 V, and linearly with width: the field-driven switching
/// of filamentary oxides, in its simplest form.
///
/// Source: voltage-time relation of HfOx, Yu and Wong, IEEE Electron Device Letters 31, 1455 (2010).
public final class PulseResponse {
  private static final double VOLTS_PER_DECADE = 0.5;
  private static final double THRESHOLD = 0.5;

  private PulseResponse() {}

  /// Steps for each SET pulse of the train; 1 for a nominal one.
  public static double set(PulseTrain train, WriteMode nominal) {
    return steps(train.setVolts(), nominal.setVolts(), train.seconds() / nominal.seconds());
  }

  /// Steps for each RESET pulse of the train; 1 for a nominal one.
  public static double reset(PulseTrain train, WriteMode nominal) {
    return steps(train.resetVolts(), nominal.resetVolts(), train.seconds() / nominal.seconds());
  }

  private static double steps(double volts, double nominal, double widths) {
    return volts <= THRESHOLD * nominal
        ? 0
        : widths * Math.pow(10, (volts - nominal) / VOLTS_PER_DECADE);
  }
}
