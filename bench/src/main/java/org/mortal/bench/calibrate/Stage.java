package org.mortal.bench.calibrate;

import java.util.Locale;

/// The stages of a calibration, in the order in which a new board needs them: each goes by those before it. Pulses come before
/// the map, which is of the cells as they are left.
public enum Stage {
  SELFTEST("self-test of converters"),
  OUTPUTS("offset and gain of each output"),
  LINES("settling, and rows that are not driven"),
  DRIVES("linearity of each row's drive"),
  BEFORE_PULSES("cells before any pulse"),
  PULSES("cells that answer to pulses"),
  THRESHOLDS("lowest pulses that move cells"),
  CELLS("map of cells"),
  WIRES("resistances of lines"),
  REFINEMENT("lines of outputs by random vectors"),
  HELD_OUT("held-out vectors"),
  DRIFT("drift, by waiting");

  private final String work;

  Stage(String work) {
    this.work = work;
  }

  /// What is done, for people.
  public String work() {
    return work;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
