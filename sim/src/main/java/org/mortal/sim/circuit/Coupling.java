package org.mortal.sim.circuit;

/// Lines side by side that couple into each other.
public final class Coupling {
  private Coupling() {}

  /// Adds to each of the first `count` values the `share` of what its neighbours had.
  public static void neighbours(float[] values, int count, float share) {
    float before = 0;
    for (int i = 0; i < count; i++) {
      float own = values[i];
      float after = i + 1 < count ? values[i + 1] : 0;
      values[i] = Math.fma(share, before + after, own);
      before = own;
    }
  }
}
