package org.mortal.sim.device;

/// How conductance follows temperature: `g (1 + perKelvin (T - T0)) exp(-E / k (1 / T - 1 / T0))`.
///
/// Metallic filaments conduct a little less in the heat, semiconducting ones more.
///
/// Source: Walczyk et al., IEEE Transactions on Electron Devices 58, 3124 (2011), for HfO2 in both states.
///
/// @param perKelvin relative change of the conductance for each kelvin
/// @param activationElectronvolts E of activated conduction; 0 for none
/// @param kelvin T0, where the profile's conductances hold
public record ThermalResponse(double perKelvin, double activationElectronvolts, double kelvin) {
  public ThermalResponse {
    Numbers.requireFinite("perKelvin", perKelvin);
    Numbers.requireNotNegative("activationElectronvolts", activationElectronvolts);
    Numbers.requirePositive("kelvin", kelvin);
  }

  /// Conductance at a temperature relative to the one at T0, never negative.
  public double factor(double kelvinNow) {
    double straight = Math.max(0, 1 + perKelvin * (kelvinNow - kelvin));
    return straight * Ambient.arrhenius(activationElectronvolts, kelvinNow, kelvin);
  }
}
