package org.mortal.bench.program;

import org.mortal.chip.Limits;

/// The settings that methods share; a method takes what concerns it.
///
/// @param reads averaged for each measurement
/// @param rounds most rounds of measuring and pulsing in a pass; 0 for as many as the method needs
/// @param startVolts amplitude of the first pulse; 0 for that of the data sheet
/// @param stepVolts by how much amplitudes rise
/// @param mostVolts highest amplitude; 0 for the highest that the array allows
/// @param settleSeconds how long cells are left to relax where a method waits for that
/// @param patience pulses without a significant move after which a cell counts as stuck
public record Recipe(
    int reads,
    int rounds,
    double startVolts,
    double stepVolts,
    double mostVolts,
    double settleSeconds,
    int patience) {

  /// The usual settings: amplitudes as of NeuRRAM's controller, 0.1 V a step (Wan et al., Nature 608, 504 (2022)).
  public static final Recipe USUAL = new Recipe(16, 0, 0, 0.1, 0, 1, 30);

  public Recipe {
    if (reads < 1 || rounds < 0 || patience < 1) {
      throw new IllegalArgumentException(
          "reads and patience must be at least 1, and rounds not negative");
    }
    if (!(startVolts >= 0 && stepVolts > 0 && mostVolts >= 0 && settleSeconds >= 0)) {
      throw new IllegalArgumentException(
          "volts and seconds must not be negative, and a step of volts must be positive");
    }
  }

  /// The amplitudes that these settings make of an array.
  Ladder ladder(Limits limits) {
    double set = startVolts > 0 ? startVolts : limits.write().setVolts();
    double reset = startVolts > 0 ? startVolts : limits.write().resetVolts();
    double most =
        mostVolts > 0 ? Math.min(mostVolts, limits.maxPulseVolts()) : limits.maxPulseVolts();
    return new Ladder(set, reset, stepVolts, most, limits.write().seconds());
  }
}
