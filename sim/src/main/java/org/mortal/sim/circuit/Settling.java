package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// Lines that have not settled when they are read: a single pole, so that a share of what an output carried before is left.
///
/// @param windowSeconds from driving the rows to the read
/// @param poleSeconds time constant
public record Settling(double windowSeconds, double poleSeconds) {
  public Settling {
    Numbers.requirePositive("windowSeconds", windowSeconds);
    Numbers.requirePositive("poleSeconds", poleSeconds);
  }

  /// What is left of the vector before.
  public double left() {
    return Math.exp(-windowSeconds / poleSeconds);
  }
}
