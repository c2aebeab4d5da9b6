package org.mortal.sim.device;

/// How levels, which pulses move, become conductance: `minSiemens` at the low level, `maxSiemens` at the high one, and a
/// straight line between and beyond.
///
/// A level is in the units of the update law's source: weights of about plus and minus 1, states from 0 to 1, siemens.
///
/// @param minSiemens conductance at the low level
/// @param maxSiemens conductance at the high level
/// @param lowLevel the level of a cell that was reset for long
/// @param highLevel the level of a cell that was set for long
public record Window(double minSiemens, double maxSiemens, double lowLevel, double highLevel) {
  public Window {
    if (!(minSiemens >= 0 && maxSiemens > minSiemens && Double.isFinite(maxSiemens))) {
      throw new IllegalArgumentException(
          "the window of a cell must not be empty: minSiemens %g, maxSiemens %g"
              .formatted(minSiemens, maxSiemens));
    }
    if (!(highLevel > lowLevel && Double.isFinite(lowLevel) && Double.isFinite(highLevel))) {
      throw new IllegalArgumentException(
          "the high level must lie above the low one: lowLevel %g, highLevel %g"
              .formatted(lowLevel, highLevel));
    }
  }

  public double windowSiemens() {
    return maxSiemens - minSiemens;
  }

  public double levels() {
    return highLevel - lowLevel;
  }

  /// Siemens for each level.
  public double slope() {
    return windowSiemens() / levels();
  }

  /// The conductance of a cell at `level` that has no quirks.
  public double siemens(double level) {
    return minSiemens + slope() * (level - lowLevel);
  }

  /// The level at which a cell that has no quirks conducts `siemens`.
  public double level(double siemens) {
    return lowLevel + (siemens - minSiemens) / slope();
  }
}
