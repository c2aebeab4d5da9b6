package org.mortal.bench.program;

import org.mortal.chip.PulseTrain;

/// Amplitudes in even steps, those of SET and RESET pulses each from their own start.
///
/// @param setVolts of a SET pulse at the foot
/// @param resetVolts of a RESET pulse at the foot
/// @param stepVolts between rungs
/// @param mostVolts which no rung exceeds
/// @param seconds width of all pulses
record Ladder(
    double setVolts, double resetVolts, double stepVolts, double mostVolts, double seconds) {

  /// The first rung on which both kinds of pulses are at the highest amplitude.
  int top() {
    double climb = mostVolts - Math.min(setVolts, resetVolts);
    // A rung that rounding puts a hair below the highest amplitude is that amplitude.
    return Math.max(0, (int) Math.ceil(climb / stepVolts - 1e-9));
  }

  /// Pulses from that rung.
  PulseTrain train(short[] counts, int rung) {
    return new PulseTrain(
        counts,
        Math.min(mostVolts, setVolts + rung * stepVolts),
        Math.min(mostVolts, resetVolts + rung * stepVolts),
        seconds);
  }
}
