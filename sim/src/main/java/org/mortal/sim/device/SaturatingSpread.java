package org.mortal.sim.device;

/// `A (1 - exp(-g / B))` of the programmed conductance g.
///
/// Source: currents of SONOS cells, Agrawal et al., IEDM 21.7 (2022), divided by the read voltage.
///
/// @param mostSiemens A
/// @param scaleSiemens B
public record SaturatingSpread(double mostSiemens, double scaleSiemens) implements Spread {
  public SaturatingSpread {
    Numbers.requireNotNegative("mostSiemens", mostSiemens);
    Numbers.requirePositive("scaleSiemens", scaleSiemens);
  }

  @Override
  public double sigma(double written, double siemens) {
    return -mostSiemens * Math.expm1(-Math.max(0, written) / scaleSiemens);
  }
}
