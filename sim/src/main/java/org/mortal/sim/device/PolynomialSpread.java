package org.mortal.sim.device;

import java.util.List;

/// `Σ c_i x^i` siemens, where x is the programmed conductance relative to `fullSiemens`; 0 where that is negative.
///
/// @param coefficients c_0, c_1 … in siemens, at least one
/// @param fullSiemens the conductance of x = 1; beyond it and below 0, x is held
public record PolynomialSpread(List<Double> coefficients, double fullSiemens) implements Spread {
  public PolynomialSpread {
    coefficients = List.copyOf(coefficients);
    if (coefficients.isEmpty()) {
      throw new IllegalArgumentException("a polynomial needs at least one coefficient");
    }
    coefficients.forEach(one -> Numbers.requireFinite("coefficient", one));
    Numbers.requirePositive("fullSiemens", fullSiemens);
  }

  @Override
  public double sigma(double written, double siemens) {
    double x = Math.clamp(written / fullSiemens, 0, 1);
    double sum = 0;
    for (int i = coefficients.size() - 1; i >= 0; i--) {
      sum = sum * x + coefficients.get(i);
    }
    return Math.max(0, sum);
  }
}
