package org.mortal.sim.circuit;

/// How amplifiers change with temperature, from 300 K on.
///
/// @param gainPerKelvin relative
/// @param offsetAmpsPerKelvin added to each offset
public record Thermal(double gainPerKelvin, double offsetAmpsPerKelvin) {
  /// Where gains and offsets are as they were drawn.
  public static final double REFERENCE_KELVIN = 300;

  public Thermal {
    if (!(Double.isFinite(gainPerKelvin) && Double.isFinite(offsetAmpsPerKelvin))) {
      throw new IllegalArgumentException("temperature coefficients must be finite");
    }
  }

  /// The factor of all gains.
  public double gain(double kelvin) {
    return 1 + gainPerKelvin * (kelvin - REFERENCE_KELVIN);
  }

  /// What is added to all offsets, in amperes.
  public double offset(double kelvin) {
    return offsetAmpsPerKelvin * (kelvin - REFERENCE_KELVIN);
  }
}
