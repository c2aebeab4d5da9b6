package org.mortal.sim.device;

/// What time, use and temperature do to cells: the section `cells.aging` of a profile. What is absent does not happen.
///
/// @param programmingError what a cell is off after it was programmed, complete at the time of its first anchor
/// @param relaxation how it wanders off afterwards
/// @param drift its steady fall
/// @param retention how it forgets
/// @param noise standard deviation of white noise of a read, beside the section `cells.readNoise`
/// @param flicker 1/f noise
/// @param telegraph traps that switch
/// @param thermal how conductance follows temperature
/// @param endurance how pulses wear it out
/// @param forming what a new cell needs before it works
public record Aging(
    Relaxation programmingError,
    Relaxation relaxation,
    Drift drift,
    Retention retention,
    Spread noise,
    Flicker flicker,
    TelegraphNoise telegraph,
    ThermalResponse thermal,
    Endurance endurance,
    Forming forming) {
  /// Cells to which nothing happens but pulses.
  public static final Aging NONE =
      new Aging(null, null, null, null, null, null, null, null, null, null);

  /// Whether anything counts from the time of the last write.
  public boolean countsFromWrite() {
    return programmingError != null
        || relaxation != null
        || drift != null
        || retention != null
        || flicker != null;
  }

  /// Whether reads scatter by more than the section `cells.readNoise` says.
  public boolean addsNoise() {
    return noise != null || flicker != null;
  }
}
