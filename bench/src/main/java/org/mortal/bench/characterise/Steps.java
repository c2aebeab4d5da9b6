package org.mortal.bench.characterise;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.characterise.Step.Label;
import org.mortal.bench.characterise.Step.Phase;

/// Puts the steps of a plan one behind the other.
final class Steps {
  /// Reads of offsets for each read of a cell, so that what they leave of the noise is small beside the other's.
  private static final int OFFSETS_PER_READ = 4;

  private static final int LEAST_OFFSETS = 256;
  private static final int MOST_OFFSETS = 4096;

  private final Settings settings;
  private final int reads;
  private final List<Step> steps = new ArrayList<>();

  /// @param reads averaged for each reading, unless the user says otherwise
  Steps(Settings settings, int reads) {
    this.settings = settings;
    this.reads = settings.reads(reads);
    offsets();
  }

  /// Offsets, found anew.
  Steps offsets() {
    int most = Math.min(MOST_OFFSETS, OFFSETS_PER_READ * reads);
    steps.add(new Step.Offsets(Math.max(LEAST_OFFSETS, most)));
    return this;
  }

  /// A reading at the usual voltage.
  Steps read(Phase phase, int cycle, int pulses, double pulseVolts) {
    return read(new Label(phase, cycle, pulses, pulseVolts), settings.readVolts());
  }

  Steps read(Label label, double volts) {
    steps.add(new Step.Read(label, volts, reads, false));
    return this;
  }

  /// A reading of which every read is kept.
  Steps readEach(Label label, int count) {
    steps.add(new Step.Read(label, settings.readVolts(), count, true));
    return this;
  }

  /// SET pulses, in as many trains as the limits ask for.
  Steps set(int count) {
    return pulse(count, settings.setVolts());
  }

  /// RESET pulses.
  Steps reset(int count) {
    return pulse(-count, settings.resetVolts());
  }

  /// Pulses to every cell, SET if positive, in as many trains as the limits ask for.
  Steps pulse(int count, double volts) {
    int most = settings.limits().maxPulses();
    for (int left = count; left != 0; ) {
      int some = Math.clamp(left, -most, most);
      steps.add(pulses(some, 1, volts, Double.POSITIVE_INFINITY));
      left -= some;
    }
    return this;
  }

  /// SET pulses that leave cells in so many grades, from none to `count` of them, or to as many as one train may have.
  Steps grade(int count, int grades) {
    int some = Math.min(count, settings.limits().maxPulses());
    steps.add(pulses(some, grades, settings.setVolts(), Double.POSITIVE_INFINITY));
    return this;
  }

  /// SET pulses to cells that were last read below `siemens`.
  Steps setBelow(int count, double volts, double siemens) {
    steps.add(pulses(count, 1, volts, siemens));
    return this;
  }

  private Step.Pulse pulses(int count, int grades, double volts, double siemens) {
    return new Step.Pulse(count, grades, volts, settings.width(), siemens);
  }

  Steps await(double seconds) {
    if (seconds > 0) {
      steps.add(new Step.Wait(seconds));
    }
    return this;
  }

  /// A point on a sweep of evenly spaced voltages, the last of them exactly `mostVolts`: limits allow no rounding.
  static double part(double mostVolts, int point, int points) {
    return mostVolts * ((double) point / points);
  }

  Plan plan() {
    return new Plan(settings.geometry(), settings.region(), steps);
  }
}
