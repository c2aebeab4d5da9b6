package org.mortal.sim.device;

/// Steps that shrink to nothing at the bounds of each cell: `Δ = ± step (1 − level / bound)` with noise in proportion to
/// that, or to the step at level 0.
///
/// Level 0 lies between the bounds.
///
/// Source: Fusi and Abbott, Nature Neuroscience 10, 485 (2007); fitted to devices by Gong, Rasch and others, IEDM 2022.
///
/// @param setStep levels for each SET pulse at level 0
/// @param resetStep levels for each RESET pulse at level 0, positive
/// @param cycleNoise standard deviation of a step, as a fraction of it
/// @param proportional whether that fraction is of the step at its level; else it is of the step at level 0
public record SoftBounds(double setStep, double resetStep, double cycleNoise, boolean proportional)
    implements UpdateLaw {
  public SoftBounds {
    Numbers.requirePositive("setStep", setStep);
    Numbers.requirePositive("resetStep", resetStep);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
  }

  @Override
  public PulseStep set() {
    return (level, low, high, strength, normal) ->
        level + strength * setStep * change(level / high, normal);
  }

  @Override
  public PulseStep reset() {
    return (level, low, high, strength, normal) ->
        level - strength * resetStep * change(level / low, normal);
  }

  private double change(double way, double normal) {
    double scatter = cycleNoise * normal;
    return proportional ? (1 - way) * (1 + scatter) : 1 - way + scatter;
  }
}
