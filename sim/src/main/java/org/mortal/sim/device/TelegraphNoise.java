package org.mortal.sim.device;

/// Random telegraph noise: some cells have a trap, which captures a charge and emits it again, and while it is captured
/// they conduct less.
///
/// Source: Puglisi et al., IEEE Transactions on Electron Devices 65, 2964 (2018), for HfOx.
///
/// @param fraction of cells that have a trap
/// @param amplitude median share of the conductance that a captured charge takes away
/// @param amplitudeSpread standard deviation of the amplitude's logarithm
/// @param shortestSeconds mean times to capture and to emission are log-uniform from here
/// @param longestSeconds to here, each on its own
public record TelegraphNoise(
    double fraction,
    double amplitude,
    double amplitudeSpread,
    double shortestSeconds,
    double longestSeconds) {
  private static final double LEAST_SECONDS = 1e-7;

  public TelegraphNoise {
    Numbers.requireFraction("fraction", fraction);
    Numbers.requireFraction("amplitude", amplitude);
    Numbers.requirePositive("amplitude", amplitude);
    Numbers.requireNotNegative("amplitudeSpread", amplitudeSpread);
    Numbers.requirePositive("longestSeconds", longestSeconds);
    // The clock counts whole nanoseconds.
    if (!(shortestSeconds >= LEAST_SECONDS) || longestSeconds < shortestSeconds) {
      throw new IllegalArgumentException(
          "time constants must be at least %g s and in order: shortestSeconds %g, longestSeconds %g"
              .formatted(LEAST_SECONDS, shortestSeconds, longestSeconds));
    }
  }
}
