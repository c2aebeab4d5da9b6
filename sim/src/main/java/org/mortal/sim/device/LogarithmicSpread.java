package org.mortal.sim.device;

/// `K log10(g / unit)` of the conductance now; 0 below the unit.
///
/// Source: read noise of CMO/HfOx, Lombardo et al., Device Research Conference (2024), as fitted in aihwkit.
///
/// @param perDecadeSiemens K
/// @param unitSiemens the conductance from which on there is any
public record LogarithmicSpread(double perDecadeSiemens, double unitSiemens) implements Spread {
  public LogarithmicSpread {
    Numbers.requireNotNegative("perDecadeSiemens", perDecadeSiemens);
    Numbers.requirePositive("unitSiemens", unitSiemens);
  }

  @Override
  public double sigma(double written, double siemens) {
    return siemens <= unitSiemens ? 0 : perDecadeSiemens * Math.log10(siemens / unitSiemens);
  }
}
