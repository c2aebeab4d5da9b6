package org.mortal.sim.circuit;

/// What all converters have in common.
final class Converters {
  private Converters() {}

  static void checkBits(int bits) {
    if (bits < 0 || bits > 16) {
      throw new IllegalArgumentException(
          "a converter has 1 to 16 bits, or 0 for no steps, not " + bits);
    }
  }
}
