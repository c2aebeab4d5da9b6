package org.mortal.bench.characterise;

import java.util.Locale;
import org.mortal.chip.Crossbar;

/// What can be characterised.
public enum Kind {
  /// Conductances of cells as they are.
  MAP(new ResistanceMap()),
  /// Read noise and telegraph noise.
  NOISE(new NoiseSeries()),
  /// Current against read voltage, up and down.
  IV(new CurrentVoltage()),
  /// Answers to trains of SET and RESET pulses.
  PULSE(new PulseResponse()),
  /// Conductances over long times after a write, and their drift.
  RETENTION(new AfterWrite(AfterWrite.RETENTION, false)),
  /// What conductances do just after a write.
  RELAXATION(new AfterWrite(AfterWrite.RELAXATION, true)),
  /// The window over many cycles.
  ENDURANCE(new CyclesOfUse()),
  /// Voltages at which cells begin to switch.
  THRESHOLDS(new SwitchingVolts()),
  /// Voltages at which new cells form.
  FORMING(new FormingVolts());

  private static final int CORNER = 8;

  private final Characterisation way;

  Kind(Characterisation way) {
    this.way = way;
  }

  /// As it is typed.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  Characterisation way() {
    return way;
  }

  /// The region where the user names none.
  public Region usualRegion(Crossbar crossbar) {
    return way.wholeArray()
        ? Region.all(crossbar.geometry())
        : Region.corner(crossbar.geometry(), CORNER);
  }
}
