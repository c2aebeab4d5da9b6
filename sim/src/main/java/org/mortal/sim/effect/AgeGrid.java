package org.mortal.sim.effect;

/// Times at which something that goes with the logarithm of time since a write is looked at anew.
///
/// They lie evenly up to a first age and geometrically after it, counted from the youngest write of an array: cells that
/// are older change less in the same time.
final class AgeGrid {
  private final long firstNanos;
  private final long stepNanos;
  private final double logFactor;

  /// @param firstSeconds from when on things go with the logarithm
  /// @param logFactor step of the logarithm
  AgeGrid(double firstSeconds, double logFactor) {
    this.firstNanos = Math.max(1, Math.round(firstSeconds * 1e9));
    this.logFactor = logFactor;
    this.stepNanos = Math.max(1, Math.round(firstNanos * logFactor));
  }

  /// The first time of the grid after `nanos`.
  long next(long nanos, long written) {
    long age = nanos - written;
    if (age < firstNanos) {
      return written + Math.min(firstNanos, (age / stepNanos + 1) * stepNanos);
    }
    long k = (long) (Math.log((double) age / firstNanos) / logFactor);
    double next = firstNanos;
    // Rounding may put an age that lies on the grid on either side of it.
    for (; next <= age; k++) {
      next = Math.ceil(firstNanos * Math.exp(k * logFactor));
    }
    return next >= Long.MAX_VALUE - written ? Long.MAX_VALUE : written + (long) next;
  }
}
