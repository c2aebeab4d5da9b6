package org.mortal.bench.calibrate.check;

/// How closely a calibration is looked at.
///
/// @param seed of vectors and of cells that are chosen
/// @param vectors of each kind: finer errors are seen with more, by their square root
/// @param repeats of reads with nothing driven
/// @param pulses whether cells may be pulsed; they are brought back
public record CheckSettings(long seed, int vectors, int repeats, boolean pulses) {
  /// Fewer leave noise unknown.
  public static final int LEAST = 16;

  public CheckSettings {
    if (vectors < LEAST || repeats < LEAST) {
      throw new IllegalArgumentException(
          "a check takes at least %d vectors and repeats, not %d and %d"
              .formatted(LEAST, vectors, repeats));
    }
  }

  /// As finely as a calibration with its usual reads is known.
  public static CheckSettings usual(long seed, boolean pulses) {
    return new CheckSettings(seed, 512, 64, pulses);
  }
}
