package org.mortal.sim.effect;

import org.mortal.sim.device.Ambient;

/// Time as an activated process feels it: seconds at a reference temperature, faster in the heat by Arrhenius' law.
///
/// A swing of the temperature is tabulated once over its period.
final class ThermalTime {
  private static final int STEPS = 1024;

  private final Ambient ambient;
  private final double electronvolts;
  private final double reference;

  /// Felt seconds from the beginning of a period to each of its steps.
  private final double[] felt = new double[STEPS + 1];

  ThermalTime(Ambient ambient, double electronvolts, double reference) {
    this.ambient = ambient;
    this.electronvolts = electronvolts;
    this.reference = reference;
    for (int i = 0; i < STEPS; i++) {
      felt[i + 1] = felt[i] + felt(i, i + 1);
    }
  }

  /// Felt seconds within one step of a period, by Simpson's rule.
  private double felt(double from, double to) {
    double sum = rate(from) + 4 * rate((from + to) / 2) + rate(to);
    return (to - from) * ambient.periodSeconds() / STEPS * sum / 6;
  }

  private double rate(double step) {
    return Ambient.arrhenius(electronvolts, ambient.kelvinAt(step / STEPS), reference);
  }

  /// Felt seconds from when the chip was made to `nanos`.
  double seconds(long nanos) {
    if (electronvolts == 0) {
      return nanos * 1e-9;
    }
    double periods = nanos * 1e-9 / ambient.periodSeconds();
    double whole = Math.floor(periods);
    double place = (periods - whole) * STEPS;
    int step = Math.min((int) place, STEPS - 1);
    return whole * felt[STEPS] + felt[step] + felt(step, place);
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
