package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// How amplifiers change with temperature, from 300 K on.
///
/// @param gainPerKelvin relative
/// @param offsetAmpsPerKelvin added to each offset
public record Thermal(double gainPerKelvin, double offsetAmpsPerKelvin) {
  /// Where gains and offsets are as they were drawn.
  public static final double REFERENCE_KELVIN = 300;

  public Thermal {
    Numbers.requireFinite("gainPerKelvin", gainPerKelvin);
    Numbers.requireFinite("offsetAmpsPerKelvin", offsetAmpsPerKelvin);
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
