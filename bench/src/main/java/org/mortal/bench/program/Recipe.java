package org.mortal.bench.program;

import org.mortal.chip.Limits;

/// The settings that methods share; a method takes what concerns it.
///
/// @param reads averaged for each measurement
/// @param rounds most rounds of measuring and pulsing in a pass; 0 for as many as the method needs
/// @param startVolts amplitude of the first pulse; 0 for that of the data sheet
/// @param stepVolts by how much amplitudes rise
/// @param mostVolts highest amplitude; 0 for the highest that the array allows
/// @param repeats times that a method that waits for relaxation comes back
/// @param settleSeconds how long it waits before each
/// @param devices for each target, with a method that uses several
/// @param patience pulses without a significant move after which a cell counts as stuck
public record Recipe(
    int reads,
    int rounds,
    double startVolts,
    double stepVolts,
    double mostVolts,
    int repeats,
    double settleSeconds,
    int devices,
    int patience) {

  /// The usual settings: amplitudes as of NeuRRAM's controller, 0.1 V a step (Wan et al., Nature 608, 504 (2022)).
  public static final Recipe USUAL = new Recipe(16, 0, 0, 0.1, 0, 3, 1, 2, 30);

  public Recipe {
    if (reads < 1 || rounds < 0 || repeats < 0 || devices < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "reads, devices and patience must be at least 1, rounds and repeats not negative");
    }
    if (!(startVolts >= 0 && stepVolts > 0 && mostVolts >= 0 && settleSeconds >= 0)) {
      throw new IllegalArgumentException(
          "volts and seconds must not be negative, and a step of volts must be positive");
    }
  }

  /// The same with as many repeats.
  public Recipe withRepeats(int other) {
    return new Recipe(
        reads, rounds, startVolts, stepVolts, mostVolts, other, settleSeconds, devices, patience);
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
