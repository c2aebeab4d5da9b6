package org.mortal.sim.circuit;

/// Lines that have not settled when they are read: a single pole, so that a share of what an output carried before is left.
///
/// @param windowSeconds from driving the rows to the read
/// @param poleSeconds time constant
public record Settling(double windowSeconds, double poleSeconds) {
  public Settling {
    if (!(windowSeconds > 0 && poleSeconds > 0)) {
      throw new IllegalArgumentException(
          "window and time constant of settling must be positive, not %s and %s"
              .formatted(windowSeconds, poleSeconds));
    }
  }

  /// What is left of the vector before.
  public double left() {
    return Math.exp(-windowSeconds / poleSeconds);
  }
}
