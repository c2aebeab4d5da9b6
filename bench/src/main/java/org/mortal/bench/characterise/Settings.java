package org.mortal.bench.characterise;

import java.util.LinkedHashSet;
import java.util.Set;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;

/// What a plan is made by: wishes, or else what suits the array and the kind. It notes what was asked for, so that a wish
/// that a kind knows nothing of can be refused.
final class Settings {
  private final Geometry geometry;
  private final Limits limits;
  private final Region region;
  private final Wishes wishes;
  private final Set<String> asked = new LinkedHashSet<>();

  Settings(Geometry geometry, Limits limits, Region region, Wishes wishes) {
    this.geometry = geometry;
    this.limits = limits;
    this.region = region;
    this.wishes = wishes;
  }

  Geometry geometry() {
    return geometry;
  }

  Limits limits() {
    return limits;
  }

  Region region() {
    return region;
  }

  /// The options that the kind has looked at.
  Set<String> asked() {
    return asked;
  }

  double readVolts() {
    return ask("--read-volts", wishes.readVolts(), limits.maxReadVolts());
  }

  double setVolts(double standard) {
    return ask("--set-volts", wishes.setVolts(), standard);
  }

  double setVolts() {
    return setVolts(limits.write().setVolts());
  }

  double resetVolts(double standard) {
    return ask("--reset-volts", wishes.resetVolts(), standard);
  }

  double resetVolts() {
    return resetVolts(limits.write().resetVolts());
  }

  double width() {
    return ask("--width", wishes.width(), limits.write().seconds());
  }

  double interval() {
    return ask("--interval", wishes.interval(), 0.0);
  }

  int pulses(int standard) {
    return ask("--pulses", wishes.pulses(), standard);
  }

  int cycles(int standard) {
    return ask("--cycles", wishes.cycles(), standard);
  }

  int reads(int standard) {
    return ask("--reads", wishes.reads(), standard);
  }

  int points(int standard) {
    return ask("--points", wishes.points(), standard);
  }

  double[] times(double... standard) {
    return ask("--times", wishes.times(), standard);
  }

  /// Nominal pulses from one end of the window to the other.
  int windowPulses() {
    double pulses = limits.windowSiemens() / limits.write().stepSiemens();
    return (int) Math.clamp(Math.rint(pulses), 1, 1000);
  }

  private <T> T ask(String option, T wish, T standard) {
    asked.add(option);
    return wish == null ? standard : wish;
  }
}
