package org.mortal.sim.device;

/// The statistics of the cells of a technology.
///
/// A cell holds a level between 0 and the width of the window and conducts `minSiemens + gain * level`. A nominal SET
/// pulse raises the level by one step, a RESET pulse lowers it, each step scattered by `cycleNoise`; the level stops at
/// the ends of the window. This is the constant-step law of pulsed analog devices.
///
/// A read scatters each cell's conductance anew by a normal number of variance
/// `readNoiseSiemens² + (readNoiseRelative * siemens)²`.
///
/// @param minSiemens conductance of the lowest level
/// @param windowSiemens width of the window for a cell of gain 1
/// @param levels pulses from one end to the other
/// @param gainSpread device-to-device standard deviation of the gain, which is log-normal with mean 1
/// @param stuckFraction share of cells that do not answer to pulses; half of them lie at the lowest level, the others anywhere
/// @param cycleNoise cycle-to-cycle standard deviation of a step, as a fraction of the step
/// @param readNoiseSiemens read noise that all cells have
/// @param readNoiseRelative read noise in proportion to the conductance
public record CellModel(
    double minSiemens,
    double windowSiemens,
    int levels,
    double gainSpread,
    double stuckFraction,
    double cycleNoise,
    double readNoiseSiemens,
    double readNoiseRelative) {
  public CellModel {
    if (!(minSiemens >= 0 && windowSiemens > 0) || levels < 1) {
      throw new IllegalArgumentException("the window of a cell must not be empty");
    }
    if (!(gainSpread >= 0
        && stuckFraction >= 0
        && stuckFraction <= 1
        && cycleNoise >= 0
        && readNoiseSiemens >= 0
        && readNoiseRelative >= 0)) {
      throw new IllegalArgumentException(
          "spreads and noises must not be negative, and a fraction at most 1");
    }
  }

  public double maxSiemens() {
    return minSiemens + windowSiemens;
  }

  public double stepSiemens() {
    return windowSiemens / levels;
  }

  /// Whether read noise differs from cell to cell, so that its variance at an output depends on which rows are driven.
  public boolean readNoiseVaries() {
    return readNoiseRelative > 0;
  }

  /// The same cells with another read noise.
  public CellModel withReadNoise(double siemens, double relative) {
    return new CellModel(
        minSiemens,
        windowSiemens,
        levels,
        gainSpread,
        stuckFraction,
        cycleNoise,
        siemens,
        relative);
  }

  /// The same technology with every imperfection `factor` times as large.
  public CellModel harsher(double factor) {
    return new CellModel(
        minSiemens,
        windowSiemens,
        levels,
        factor * gainSpread,
        factor * stuckFraction,
        factor * cycleNoise,
        factor * readNoiseSiemens,
        factor * readNoiseRelative);
  }
}
