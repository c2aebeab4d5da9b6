package org.mortal.sim.device;

/// A 1S1R cell: a bidirectional exponential selector in series with the memory, which is a resistor.
///
/// The selector carries `saturationAmps sinh(V / slopeVolts)` of its own share V of the voltage. The share is solved for to
/// rounding, so both currents are the same.
///
/// Source of the form: Burr, Shenoy, Virwani and others, "Access devices for 3D crosspoint memory", Journal of Vacuum Science
/// and Technology B 32, 040802 (2014).
///
/// @param saturationAmps current scale of the selector
/// @param slopeVolts voltage for a factor of e in the current; a decade takes 2.303 times as much
public record Selector(double saturationAmps, double slopeVolts) implements Conduction {
  private static final int MOST_STEPS = 100;

  /// A step of which the next one, being of second order, is lost in rounding.
  private static final double CLOSE = 1e-9;

  public Selector {
    Numbers.requirePositive("saturationAmps", saturationAmps);
    Numbers.requirePositive("slopeVolts", slopeVolts);
  }

  /// The selector that carries `amps` at `volts`, and `selectivity` times less at half that voltage: the two figures that
  /// papers state.
  ///
  /// For example 10⁴ for the varistor-type switch of Lee, Park and others, VLSI Technology 2012.
  ///
  /// @param selectivity above 2, which is a resistor's
  public static Selector of(double volts, double amps, double selectivity) {
    if (!(volts > 0 && amps > 0 && selectivity > 2)) {
      throw new IllegalArgumentException(
          "a selector needs a voltage and a current above 0 and a selectivity above 2, not %s V, %s A and %s"
              .formatted(volts, amps, selectivity));
    }
    // sinh(2x) / sinh(x) = 2 cosh(x)
    double cosh = selectivity / 2;
    double slopeVolts = volts / 2 / Math.log(cosh + Math.sqrt(cosh * cosh - 1));
    return new Selector(amps / Math.sinh(volts / slopeVolts), slopeVolts);
  }

  @Override
  public double amps(double volts, double siemens) {
    return siemens == 0 ? 0 : saturationAmps * Math.sinh(share(volts, siemens));
  }

  @Override
  public double slope(double volts, double siemens) {
    if (siemens == 0) {
      return 0;
    }
    double ofSelector = saturationAmps * Math.cosh(share(volts, siemens)) / slopeVolts;
    return 1 / (1 / siemens + 1 / ofSelector);
  }

  @Override
  public void solve(double[] volts, double[] siemens, double[] amps, double[] slopes) {
    for (int cell = 0; cell < volts.length; cell++) {
      if (siemens[cell] == 0) {
        amps[cell] = 0;
        slopes[cell] = 0;
      } else {
        double less = Math.expm1(Math.abs(share(volts[cell], siemens[cell])));
        double ratio = less / (less + 1);
        double ofSelector = saturationAmps * (1 + 0.5 * less * ratio) / slopeVolts;
        amps[cell] = Math.copySign(saturationAmps * 0.5 * (less + ratio), volts[cell]);
        slopes[cell] = 1 / (1 / siemens[cell] + 1 / ofSelector);
      }
    }
  }

  /// The selector's voltage in units of `slopeVolts`.
  ///
  /// Newton's method on the voltages' sum, a convex function: started above its zero it comes down without passing it.
  private double share(double volts, double siemens) {
    double drop = Math.abs(volts) / slopeVolts;
    double scale = saturationAmps / (siemens * slopeVolts);
    // Above the zero: the selector has at most all the voltage,
    // and at most what carries the resistor's current.
    double share = Math.min(drop, asinh(Math.abs(volts) * siemens / saturationAmps));
    double change = share;
    for (int step = 0; step < MOST_STEPS && change > CLOSE * share; step++) {
      // sinh and cosh from one exponential, without cancellation where the share is small.
      double less = Math.expm1(share);
      double ratio = less / (less + 1);
      double sinh = 0.5 * (less + ratio);
      double cosh = 1 + 0.5 * less * ratio;
      change = (share + scale * sinh - drop) / (1 + scale * cosh);
      share -= change;
    }
    return Math.copySign(share, volts);
  }

  private static double asinh(double x) {
    // log1p keeps the digits of small x.
    return Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
  }
}
