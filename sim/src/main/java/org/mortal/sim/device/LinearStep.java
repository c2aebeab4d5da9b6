package org.mortal.sim.device;

/// Steps that change in proportion to the level: `Δ = ± step (1 + slope · level)` with noise in proportion to that, or to
/// the step at level 0.
///
/// Source: the linear-step device of Rasch, Moreda, Gokmen and others, AICAS 2021, which writes the slopes as
/// `−γ / bound`.
///
/// @param setStep levels for each SET pulse at level 0
/// @param resetStep levels for each RESET pulse at level 0, positive
/// @param setSlope relative change of a SET step from one level to the next; negative where steps shrink upwards
/// @param resetSlope the same of a RESET step; positive where steps shrink downwards
/// @param cycleNoise standard deviation of a step, as a fraction of it
/// @param proportional whether that fraction is of the step at its level; else it is of the step at level 0
public record LinearStep(
    double setStep,
    double resetStep,
    double setSlope,
    double resetSlope,
    double cycleNoise,
    boolean proportional)
    implements UpdateLaw {
  public LinearStep {
    Numbers.requirePositive("setStep", setStep);
    Numbers.requirePositive("resetStep", resetStep);
    Numbers.requireFinite("setSlope", setSlope);
    Numbers.requireFinite("resetSlope", resetSlope);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
  }

  @Override
  public PulseStep set() {
    return pulse(setStep, setSlope);
  }

  @Override
  public PulseStep reset() {
    return pulse(-resetStep, resetSlope);
  }

  private PulseStep pulse(double step, double slope) {
    return proportional
        ? (level, low, high, strength, normal) ->
            level + strength * step * (1 + slope * level) * (1 + cycleNoise * normal)
        : (level, low, high, strength, normal) ->
            level + strength * step * (1 + slope * level + cycleNoise * normal);
  }
}
