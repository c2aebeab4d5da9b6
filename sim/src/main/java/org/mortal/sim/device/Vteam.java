package org.mortal.sim.device;

import org.mortal.chip.WriteMode;

/// VTEAM, a resistance that moves at a rate which its voltage sets: nothing up to a threshold, then
/// `dw/dt ∝ (v / threshold − 1)^exponent`, where `w` is the place of the resistance between `onOhms` and `offOhms`.
///
/// Levels are siemens. SET lowers the resistance, RESET raises it; each has a threshold of its own, which stands in for
/// the profile's `switching`. The numbers of pulses give the published `k` for a nominal pulse of
/// `s` seconds at `v` volts over a length `d`: `pulses = d / (k s (v / threshold − 1)^exponent)`.
///
/// Source: Kvatinsky, Ramadan, Friedman and Kolodny, IEEE Transactions on Circuits and Systems II 62, 786 (2015).
///
/// @param onOhms least resistance
/// @param offOhms largest resistance
/// @param setPulses nominal SET pulses from the largest to the least resistance
/// @param resetPulses nominal RESET pulses back
/// @param setThresholdVolts amplitude up to which SET pulses do nothing
/// @param resetThresholdVolts the same of RESET pulses, positive
/// @param setExponent of SET pulses
/// @param resetExponent of RESET pulses
/// @param cycleNoise standard deviation of a step, as a fraction of it
public record Vteam(
    double onOhms,
    double offOhms,
    double setPulses,
    double resetPulses,
    double setThresholdVolts,
    double resetThresholdVolts,
    double setExponent,
    double resetExponent,
    double cycleNoise)
    implements UpdateLaw {
  public Vteam {
    Numbers.requirePositive("onOhms", onOhms);
    Numbers.requirePositive("offOhms - onOhms", offOhms - onOhms);
    Numbers.requirePositive("setPulses", setPulses);
    Numbers.requirePositive("resetPulses", resetPulses);
    Numbers.requirePositive("setThresholdVolts", setThresholdVolts);
    Numbers.requirePositive("resetThresholdVolts", resetThresholdVolts);
    Numbers.requirePositive("setExponent", setExponent);
    Numbers.requirePositive("resetExponent", resetExponent);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
  }

  /// Mean over the window.
  @Override
  public double setStep() {
    return (1 / onOhms - 1 / offOhms) / setPulses;
  }

  /// Mean over the window.
  @Override
  public double resetStep() {
    return (1 / onOhms - 1 / offOhms) / resetPulses;
  }

  @Override
  public PulseStep set() {
    return pulse(-(offOhms - onOhms) / setPulses);
  }

  @Override
  public PulseStep reset() {
    return pulse((offOhms - onOhms) / resetPulses);
  }

  private PulseStep pulse(double ohms) {
    return (level, low, high, strength, normal) -> {
      double moved = 1 / level + strength * ohms * (1 + cycleNoise * normal);
      // A step may be longer than all of the resistance that is left.
      return moved > 0 ? 1 / moved : high;
    };
  }

  /// @throws IllegalArgumentException if the nominal pulse does not reach its threshold, so that nothing compares with it
  @Override
  public double strength(
      boolean set, double volts, double seconds, Switching switching, WriteMode nominal) {
    double ratio =
        set
            ? ratio(volts, nominal.setVolts(), setThresholdVolts, setExponent)
            : ratio(volts, nominal.resetVolts(), resetThresholdVolts, resetExponent);
    return ratio * seconds / nominal.seconds();
  }

  private static double ratio(double volts, double nominal, double threshold, double exponent) {
    if (!(nominal > threshold)) {
      throw new IllegalArgumentException(
          "the nominal pulse of %s V does not reach its threshold of %s V: raise it in section write"
              .formatted(nominal, threshold));
    }
    return Math.pow(Math.max(volts - threshold, 0) / (nominal - threshold), exponent);
  }
}
