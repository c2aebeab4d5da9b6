package org.mortal.sim.device;

/// `g min(relative / x^exponent, most)`: in proportion to the conductance now, the more so the less was programmed.
///
/// Source: Joshi et al., Nature Communications 11, 2473 (2020), read noise of phase-change memory.
///
/// @param relative standard deviation relative to the conductance at x = 1
/// @param exponent how fast that grows towards small x; 0 for the same everywhere
/// @param most the largest standard deviation relative to the conductance
/// @param fullSiemens the programmed conductance of x = 1
public record PowerSpread(double relative, double exponent, double most, double fullSiemens)
    implements Spread {
  public PowerSpread {
    Numbers.requirePositive("relative", relative);
    Numbers.requireNotNegative("exponent", exponent);
    Numbers.requireNotNegative("most", most);
    Numbers.requirePositive("fullSiemens", fullSiemens);
  }

  @Override
  public double sigma(double written, double siemens) {
    double x = Math.max(0, written / fullSiemens);
    double share = exponent == 0 ? relative : relative / Math.pow(x, exponent);
    return Math.max(0, siemens) * Math.min(share, most);
  }
}
