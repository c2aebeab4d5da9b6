package org.mortal.sim.device;

/// Levels that decay to a level of rest: `l(t) = rest + (l - rest) exp(-(t / τ)^stretch)`.
///
/// Time runs faster in the heat by Arrhenius' law. A write makes the decay begin again from where it finds the level, which
/// for a stretch of 1 changes nothing: so leaky capacitors and fast weights forget, pulsed or not.
///
/// Source: baking of HfOx, Chen et al., IEEE Electron Device Letters 34, 626 (2013); leaky capacitors, Li et al., VLSI (2018).
///
/// @param restLevel where levels end
/// @param seconds τ at `kelvin`, on average
/// @param spread standard deviation of τ from cell to cell, relative, log-normal
/// @param stretch 1 for an exponential, less for a stretched one
/// @param activationElectronvolts of the rate; 0 where temperature does not matter
/// @param kelvin where `seconds` was measured
public record Retention(
    double restLevel,
    double seconds,
    double spread,
    double stretch,
    double activationElectronvolts,
    double kelvin) {
  public Retention {
    Numbers.requireFinite("restLevel", restLevel);
    Numbers.requirePositive("seconds", seconds);
    Numbers.requireNotNegative("spread", spread);
    Numbers.requirePositive("stretch", stretch);
    Numbers.requireFraction("stretch", stretch);
    Numbers.requireNotNegative("activationElectronvolts", activationElectronvolts);
    Numbers.requirePositive("kelvin", kelvin);
  }
}
