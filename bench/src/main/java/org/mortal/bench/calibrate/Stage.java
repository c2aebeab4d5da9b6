package org.mortal.bench.calibrate;

import java.util.Locale;

/// The stages of a calibration, in the order in which a new board needs them.
public enum Stage {
  OUTPUTS("offset and gain of each output"),
  LINES("settling, and rows that are not driven"),
  DRIVES("linearity of each row's drive"),
  BEFORE_PULSES("cells before any pulse"),
  WIRES("wires of lines"),
  PULSES("cells that answer to pulses"),
  CELLS("map of cells"),
  REFINEMENT("lines of outputs by random vectors"),
  HELD_OUT("held-out vectors");

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
