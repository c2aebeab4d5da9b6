package org.mortal.bench.calibrate;

/// The stages of a calibration, in the order in which a new board needs them.
public enum Stage {
  OUTPUTS("offset and gain of each output"),
  BEFORE_PULSES("cells before any pulse"),
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
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
