package org.mortal.bench.calibrate;

import java.time.Duration;
import org.mortal.chip.calibrated.DriftReference;

/// How long a calibration holds.
///
/// Until what drift may have done to products, by its exponent and twice the error of that, is half of their noise. However
/// little cells drift, amplifiers age and rooms grow warm: 30 days at most; and an hour at least, for what can be
/// of no use at all should not be written.
final class Lifetime {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final double NOISE = 0.5;
  private static final double ERRORS = 2;

  private Lifetime() {}

  static long seconds(DriftReference drift, Prediction prediction) {
    double signal = 0;
    double noise = 0;
    for (int j = 0; j < prediction.noise().length; j++) {
      noise += Math.pow(prediction.noise()[j], 2) / prediction.noise().length;
      for (double[] vector : prediction.amps()) {
        signal +=
            vector[j] * vector[j] / (prediction.noise().length * (double) prediction.amps().length);
      }
    }
    double exponent = Math.max(0, drift.exponent()) + ERRORS * drift.exponentError();
    double decays = NOISE * Math.sqrt(noise / signal) / exponent;
    double seconds = drift.dueSeconds()[0] * Math.exp(decays);
    // Written so that no number, where nothing drifts at all, is the longest.
    return seconds < LONGEST.toSeconds()
        ? Math.max(SHORTEST.toSeconds(), (long) seconds)
        : LONGEST.toSeconds();
  }
}
