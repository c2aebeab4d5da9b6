package org.mortal.sim.effect;

import org.mortal.sim.device.Ambient;

/// Time as an activated process feels it: seconds at a reference temperature, faster in the heat by Arrhenius' law.
///
/// A swing of the temperature is tabulated once over its period.
final class ThermalTime {
  private static final int STEPS = 1024;

  private final double periodSeconds;

  /// Felt seconds from the beginning of a period to each of its steps.
  private final double[] felt = new double[STEPS + 1];

  ThermalTime(Ambient ambient, double electronvolts, double reference) {
    this.periodSeconds = ambient.periodSeconds();
    double step = periodSeconds / STEPS;
    for (int i = 0; i < STEPS; i++) {
      // Simpson's rule.
      double sum =
          Ambient.arrhenius(electronvolts, ambient.kelvinAt((double) i / STEPS), reference)
              + 4 * Ambient.arrhenius(electronvolts, ambient.kelvinAt((i + 0.5) / STEPS), reference)
              + Ambient.arrhenius(electronvolts, ambient.kelvinAt((i + 1.0) / STEPS), reference);
      felt[i + 1] = felt[i] + step * sum / 6;
    }
  }

  /// Felt seconds from when the chip was made to `nanos`.
  double seconds(long nanos) {
    double periods = nanos * 1e-9 / periodSeconds;
    double whole = Math.floor(periods);
    double place = (periods - whole) * STEPS;
    int step = Math.min((int) place, STEPS - 1);
    double within = felt[step] + (place - step) * (felt[step + 1] - felt[step]);
    return whole * felt[STEPS] + within;
  }

  /// The first time not before `from` at which [#seconds] reaches `seconds`; `Long.MAX_VALUE` if the clock ends before.
  long nanosAt(double seconds, long from) {
    long low = from;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (seconds(middle) >= seconds) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
