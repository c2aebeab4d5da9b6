package org.mortal.sim.device;

/// What the figures of a profile must be; each refusal names the figure and what it is.
public final class Numbers {
  private Numbers() {}

  public static void requirePositive(String name, double value) {
    // Written so that NaN is refused too.
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s must be positive, not %s".formatted(name, value));
    }
  }

  public static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s must not be negative, not %s".formatted(name, value));
    }
  }

  public static void requireFraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s must lie from 0 to 1, not %s".formatted(name, value));
    }
  }

  public static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("%s must be a number, not %s".formatted(name, value));
    }
  }
}
