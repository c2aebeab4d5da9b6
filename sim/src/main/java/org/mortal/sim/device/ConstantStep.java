package org.mortal.sim.device;

/// Steps that depend on nothing: `Δ = ± step (1 + cycleNoise ξ)`.
///
/// Source: Gokmen and Vlasov, Frontiers in Neuroscience 10, 333 (2016).
///
/// @param setStep levels for each SET pulse
/// @param resetStep levels for each RESET pulse, positive
/// @param cycleNoise standard deviation of a step, as a fraction of it
public record ConstantStep(double setStep, double resetStep, double cycleNoise)
    implements UpdateLaw {
  public ConstantStep {
    Numbers.requirePositive("setStep", setStep);
    Numbers.requirePositive("resetStep", resetStep);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
  }

  @Override
  public boolean additive() {
    return true;
  }

  @Override
  public PulseStep set() {
    return pulse(setStep);
  }

  @Override
  public PulseStep reset() {
    return pulse(-resetStep);
  }

  private PulseStep pulse(double step) {
    return (level, low, high, strength, normal) ->
        level + strength * step * (1 + cycleNoise * normal);
  }
}
