package org.mortal.sim.device;

/// What pulses do to a cell in the long run: its window closes slowly, and one day it is stuck.
///
/// After n pulses, of whatever direction, the distance of its conductance from the middle of the window has shrunk by
/// `lossPerDecade log10(1 + n / onsetPulses)`. When n passes a number of its own, log-normal from cell to cell, it stays at
/// the level where it is.
///
/// Source: Chen et al., IEDM 20.3 (2012); Grossi et al., IEEE Transactions on Electron Devices 66, 1281 (2019), for HfOx.
///
/// @param medianPulses after which half of the cells are stuck
/// @param spread standard deviation of the logarithm of that number
/// @param onsetPulses where the window begins to close
/// @param lossPerDecade share of the window lost for each decade of pulses
public record Endurance(
    double medianPulses, double spread, double onsetPulses, double lossPerDecade) {
  public Endurance {
    Numbers.requirePositive("medianPulses", medianPulses);
    Numbers.requireNotNegative("spread", spread);
    Numbers.requirePositive("onsetPulses", onsetPulses);
    Numbers.requireFraction("lossPerDecade", lossPerDecade);
  }

  /// What is left of the window after `pulses`, relative.
  public double window(long pulses) {
    return Math.max(0, 1 - lossPerDecade * Math.log10(1 + pulses / onsetPulses));
  }
}
