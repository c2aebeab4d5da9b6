package org.mortal.chip.calibrated;

/// How the drive of one row departs from a straight line between 0 and the highest read voltage: what its converter does, and
/// how the current of its cells bends with the voltage.
///
/// With `u` the share of the highest voltage that is asked for, the row acts as
/// `u + rise u + bow u (1 - u) + skew u (1 - u) (1 - 2u)` of it. What a row alone is too strong is part of its cells' conductances;
/// what all rows have in common is how cells bend, and their conductances are those at low voltage.
///
/// @param rise what the highest voltage is too strong, 0 for nothing
/// @param bow a parabola, 0 for none
/// @param skew an S, 0 for none
public record InputBend(double rise, double bow, double skew) {
  /// A straight line.
  public static final InputBend NONE = new InputBend(0, 0);

  private static final int STEPS = 4;

  public InputBend {
    if (!rises(rise, bow, skew)) {
      throw new IllegalArgumentException(
          "a drive that bends by %g, %g and %g does not rise everywhere"
              .formatted(rise, bow, skew));
    }
  }

  /// Whether such a curve surely rises everywhere, so that it can be undone.
  public static boolean rises(double rise, double bow, double skew) {
    return Math.abs(bow) + Math.abs(skew) - rise < 0.9;
  }

  /// A bend that is exact at the highest voltage.
  public InputBend(double bow, double skew) {
    this(0, bow, skew);
  }

  /// The share that acts where `u` is asked for.
  public double acts(double u) {
    double bump = u * (1 - u);
    return u + rise * u + bow * bump + skew * bump * (1 - 2 * u);
  }

  /// The share to ask for so that `acting` acts.
  public double ask(double acting) {
    double u = acting;
    for (int i = 0; i < STEPS; i++) {
      double bump = u * (1 - u);
      double slope = 1 + rise + bow * (1 - 2 * u) + skew * (1 - 6 * bump);
      u = Math.clamp(u - (acts(u) - acting) / slope, 0, 1);
    }
    return u;
  }
}
