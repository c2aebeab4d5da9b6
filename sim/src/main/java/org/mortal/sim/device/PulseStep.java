package org.mortal.sim.device;

/// What one pulse of one direction does to the level of a cell.
///
/// A pure function: what differs from cell to cell and from pulse to pulse is handed in.
@FunctionalInterface
public interface PulseStep {

  /// The level after the pulse, before it is held within the bounds.
  ///
  /// @param level before
  /// @param low lower bound of this cell
  /// @param high upper bound of this cell
  /// @param strength how many nominal pulses this one is worth to this cell: its quirk times the pulse's shape
  /// @param normal the standard normal number of this pulse
  double next(double level, double low, double high, double strength, double normal);
}
