package org.mortal.sim.device;

/// Steps that depend on nothing: `Δ = ± step (1 + cycleNoise ξ)`.
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
  public float next(float level, float low, float high, float step, boolean set, float normal) {
    float moved = step * (1 + (float) cycleNoise * normal);
    return set ? level + moved : level - moved;
  }
}
