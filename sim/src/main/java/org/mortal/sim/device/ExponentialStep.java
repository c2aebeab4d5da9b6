package org.mortal.sim.device;

/// Steps that change exponentially with the level: `Δ = ± step · max(1 − A e^{± γ z}, 0)` with
/// `z = 2 a · level / (high − low) + b` between the bounds of each cell.
///
/// The standard deviation is `cycleNoise · (|Δ| + noiseFloor + noiseSlope · |level|)`.
///
/// Source: the exponential-step device of Rasch, Moreda, Gokmen and others, AICAS 2021; with its second and third
/// terms of noise, phase-change cells of Nandakumar and others, Frontiers in Neuroscience 14, 406 (2020).
///
/// @param setStep levels for each SET pulse where the exponential has vanished
/// @param resetStep the same for each RESET pulse, positive
/// @param a slope of z
/// @param b offset of z
/// @param setA A of SET pulses; negative where steps grow towards high z
/// @param resetA A of RESET pulses
/// @param setGamma γ of SET pulses
/// @param resetGamma γ of RESET pulses
/// @param cycleNoise standard deviation of a step, as a fraction of it
/// @param noiseFloor levels that the step counts more for its noise
/// @param noiseSlope how much more the step counts for each level, for its noise
public record ExponentialStep(
    double setStep,
    double resetStep,
    double a,
    double b,
    double setA,
    double resetA,
    double setGamma,
    double resetGamma,
    double cycleNoise,
    double noiseFloor,
    double noiseSlope)
    implements UpdateLaw {
  public ExponentialStep {
    Numbers.requirePositive("setStep", setStep);
    Numbers.requirePositive("resetStep", resetStep);
    Numbers.requireFinite("a", a);
    Numbers.requireFinite("b", b);
    Numbers.requireFinite("setA", setA);
    Numbers.requireFinite("resetA", resetA);
    Numbers.requireFinite("setGamma", setGamma);
    Numbers.requireFinite("resetGamma", resetGamma);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
    Numbers.requireNotNegative("noiseFloor", noiseFloor);
    Numbers.requireNotNegative("noiseSlope", noiseSlope);
  }

  @Override
  public PulseStep set() {
    return pulse(setStep, setA, setGamma);
  }

  @Override
  public PulseStep reset() {
    return pulse(-resetStep, resetA, -resetGamma);
  }

  private PulseStep pulse(double step, double factor, double exponent) {
    return (level, low, high, strength, normal) -> {
      double z = 2 * a * level / (high - low) + b;
      double change = step * Math.max(1 - factor * Math.exp(exponent * z), 0);
      double deviation =
          cycleNoise * (Math.abs(change) + noiseFloor + noiseSlope * Math.abs(level));
      // A step and its scatter have the same sign: one normal number means the same for both.
      return level + strength * (change + Math.copySign(deviation, step) * normal);
    };
  }
}
