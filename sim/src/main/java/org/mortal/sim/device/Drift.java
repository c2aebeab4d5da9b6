package org.mortal.sim.device;

import java.util.Objects;

/// The steady fall of a conductance after a write: `g(t) = g (t / startSeconds)^-ν` from `startSeconds` on.
///
/// The exponent is `ν = |mean(x) + spread(x) ξ|`, where x is the programmed conductance relative to `fullSiemens` and ξ is a
/// cell's own normal number.
///
/// Source: Joshi et al., Nature Communications 11, 2473 (2020).
///
/// @param startSeconds t0: before it, a cell conducts what was programmed
/// @param fullSiemens the conductance of x = 1
/// @param mean of the exponents
/// @param spread standard deviation of the exponents
public record Drift(double startSeconds, double fullSiemens, Exponent mean, Exponent spread) {
  private static final double LEAST_X = 1e-7;

  /// `slope ln x + offset`, held between `least` and `most`.
  public record Exponent(double slope, double offset, double least, double most) {
    public Exponent {
      Numbers.requireFinite("slope", slope);
      Numbers.requireFinite("offset", offset);
      Numbers.requireNotNegative("least", least);
      Numbers.requireNotNegative("most", most);
      if (most < least) {
        throw new IllegalArgumentException(
            "most must not lie below least: %g, %g".formatted(most, least));
      }
    }

    double at(double lnX) {
      return Math.clamp(slope * lnX + offset, least, most);
    }
  }

  public Drift {
    Numbers.requirePositive("startSeconds", startSeconds);
    Numbers.requirePositive("fullSiemens", fullSiemens);
    Objects.requireNonNull(mean, "mean is missing");
    Objects.requireNonNull(spread, "spread is missing");
  }

  /// The exponent of a cell.
  ///
  /// @param written what was programmed, in siemens
  /// @param normal the cell's ξ
  public double exponent(double written, double normal) {
    double lnX = Math.log(Math.max(LEAST_X, written / fullSiemens));
    return Math.abs(mean.at(lnX) + spread.at(lnX) * normal);
  }
}
