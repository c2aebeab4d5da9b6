package org.mortal.sim.device;

import java.util.Objects;

/// Noise of a read with a spectrum of `σ² / f`, where σ is `sigma` of the cell.
///
/// In the published form for inference every read scatters anew, with the variance of all frequencies from one over the
/// time since the write to half a sample rate: `σ² ln((t + readSeconds) / (2 readSeconds))`. It is used where
/// `longestSeconds` equals `shortestSeconds`. Otherwise what is slower than `shortestSeconds` is a series in time, which
/// successive reads share, down to frequencies of `1 / (2π longestSeconds)`; only the faster rest, `σ² ln(π shortestSeconds /
/// readSeconds)`, scatters from read to read.
///
/// Source: Nandakumar et al., ICECS (2019); Joshi et al., Nature Communications 11, 2473 (2020). Sums of relaxations make
/// 1/f noise: Dutta and Horn, Reviews of Modern Physics 53, 497 (1981).
///
/// @param sigma standard deviation for each e-fold of frequencies
/// @param readSeconds how long a read integrates
/// @param shortestSeconds the shortest time constant of the series, at least `readSeconds`
/// @param longestSeconds the longest time constant of the series
public record Flicker(
    Spread sigma, double readSeconds, double shortestSeconds, double longestSeconds) {
  public Flicker {
    Objects.requireNonNull(sigma, "sigma is missing");
    Numbers.requirePositive("readSeconds", readSeconds);
    Numbers.requirePositive("shortestSeconds", shortestSeconds);
    Numbers.requirePositive("longestSeconds", longestSeconds);
    if (shortestSeconds < readSeconds || longestSeconds < shortestSeconds) {
      throw new IllegalArgumentException(
          "time constants must follow one another: readSeconds %g, shortestSeconds %g, longestSeconds %g"
              .formatted(readSeconds, shortestSeconds, longestSeconds));
    }
  }

  /// Whether slow noise is a series in time.
  public boolean series() {
    return longestSeconds > shortestSeconds;
  }

  /// Variance of the part that scatters from read to read, relative to `sigma²`.
  ///
  /// @param seconds since the write
  public double whiteVariance(double seconds) {
    double ratio =
        series()
            ? Math.PI * shortestSeconds / readSeconds
            : (seconds + readSeconds) / (2 * readSeconds);
    return Math.max(0, Math.log(ratio));
  }
}
