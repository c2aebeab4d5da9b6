package org.mortal.sim.device;

import java.util.List;

/// I = G V + a V² + b V³, with `a` and `b` polynomials of log10 of the conductance: a fit to measured cells.
///
/// Outside the range of the fit the law is continued so that it keeps rising: above `maxVolts` by its tangent there, and for
/// conductances below `minSiemens` or above `maxSiemens` by the relative bend of the nearest one in range.
///
/// @param square a, in A/V² of log10(S)
/// @param cube b, in A/V³ of log10(S)
/// @param maxVolts the fit holds between minus and plus this
/// @param minSiemens lowest conductance of the fit
/// @param maxSiemens highest conductance of the fit
public record Cubic(
    Polynomial square, Polynomial cube, double maxVolts, double minSiemens, double maxSiemens)
    implements Conduction {
  private static final int CHECKED = 64;

  /// c0 + c1 x + c2 x² + c3 x³.
  public record Polynomial(double c0, double c1, double c2, double c3) {
    double at(double x) {
      return c0 + x * (c1 + x * (c2 + x * c3));
    }
  }

  public Cubic {
    Numbers.requirePositive("maxVolts", maxVolts);
    Numbers.requirePositive("minSiemens", minSiemens);
    Numbers.requireFinite("maxSiemens", maxSiemens);
    Numbers.requireNotNegative("maxSiemens less minSiemens", maxSiemens - minSiemens);
    for (int i = 0; i <= CHECKED; i++) {
      double siemens = minSiemens * Math.pow(maxSiemens / minSiemens, (double) i / CHECKED);
      double logarithm = Math.log10(siemens);
      double least =
          siemens + leastBend(2 * square.at(logarithm), 3 * cube.at(logarithm), maxVolts);
      if (!(least > 0)) {
        throw new IllegalArgumentException(
            "a cell of %s S has a slope of %s S within %s V; the current of a cubic law must rise with the voltage: narrow its range"
                .formatted(siemens, least, maxVolts));
      }
    }
  }

  /// The HfO2 cells of Milo, Anzalone, Zambelli and others, "Optimized programming algorithms for multilevel RRAM in hardware
  /// neural networks", IRPS 2021, as CrossSim fits them: 50 to 225 µS, up to 0.5 V.
  ///
  /// The current bends with the sign of the voltage: at plus 0.5 V a 100 µS cell carries 4 % less than Ohm's law says and a 50 µS
  /// cell 29 % less, at minus 0.5 V 4 % and 45 % more.
  public static Cubic milo() {
    return new Cubic(
        new Polynomial(.007063, .005711, .001541, .0001388),
        new Polynomial(1.2968e-3, 6.7919e-4, 8.871e-5, 0),
        0.5,
        50e-6,
        225e-6);
  }

  @Override
  public double amps(double volts, double siemens) {
    double fitted = Math.clamp(siemens, minSiemens, maxSiemens);
    double a = square.at(Math.log10(fitted));
    double b = cube.at(Math.log10(fitted));
    double inside = Math.clamp(volts, -maxVolts, maxVolts);
    double amps = inside * (fitted + inside * (a + inside * b));
    double slope = fitted + inside * (2 * a + inside * 3 * b);
    return siemens / fitted * (amps + slope * (volts - inside));
  }

  @Override
  public List<Term> terms(double mostVolts) {
    if (mostVolts > maxVolts) {
      return List.of();
    }
    return List.of(
        new Term(volts -> volts, siemens -> siemens),
        new Term(volts -> volts * volts, siemens -> bend(square, siemens)),
        new Term(volts -> volts * volts * volts, siemens -> bend(cube, siemens)));
  }

  private double bend(Polynomial bend, double siemens) {
    double fitted = Math.clamp(siemens, minSiemens, maxSiemens);
    return siemens / fitted * bend.at(Math.log10(fitted));
  }

  @Override
  public double slope(double volts, double siemens) {
    double fitted = Math.clamp(siemens, minSiemens, maxSiemens);
    double a = square.at(Math.log10(fitted));
    double b = cube.at(Math.log10(fitted));
    double inside = Math.clamp(volts, -maxVolts, maxVolts);
    return siemens / fitted * (fitted + inside * (2 * a + inside * 3 * b));
  }

  /// The least value of first * V + second * V² between plus and minus `maxVolts`.
  private static double leastBend(double first, double second, double maxVolts) {
    double ends = maxVolts * (second * maxVolts - Math.abs(first));
    double bottom = -first / (2 * second);
    return second > 0 && Math.abs(bottom) < maxVolts ? bottom * first / 2 : ends;
  }
}
