package org.mortal.sim.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.mortal.chip.WriteMode;

/// How pulses move the level of a cell.
///
/// Levels are in the units of the law's source, and the window says what they conduct.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "law")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConstantStep.class, name = "constant-step"),
  @JsonSubTypes.Type(value = LinearStep.class, name = "linear-step"),
  @JsonSubTypes.Type(value = SoftBounds.class, name = "soft-bounds"),
  @JsonSubTypes.Type(value = ExponentialStep.class, name = "exponential-step"),
  @JsonSubTypes.Type(value = Saturating.class, name = "saturating"),
  @JsonSubTypes.Type(value = Piecewise.class, name = "piecewise"),
  @JsonSubTypes.Type(value = Vteam.class, name = "vteam")
})
public sealed interface UpdateLaw
    permits ConstantStep, LinearStep, SoftBounds, ExponentialStep, Saturating, Piecewise, Vteam {

  /// Nominal size in levels of a SET pulse's step, of a cell without quirks; the unit of its write noise.
  double setStep();

  /// The same of a RESET pulse, positive too.
  double resetStep();

  /// How much steps scatter from pulse to pulse, in the unit that the law states; 0 if they do not.
  double cycleNoise();

  /// Whether a step depends on neither the level nor the bounds, so that `n` pulses are one step of `n` times the mean and
  /// `√n` times the scatter, which is `cycleNoise` of a step.
  default boolean additive() {
    return false;
  }

  /// One SET pulse.
  PulseStep set();

  /// One RESET pulse.
  PulseStep reset();

  /// How many nominal pulses one of that shape is worth.
  ///
  /// @param set whether it is a SET pulse
  default double strength(
      boolean set, double volts, double seconds, Switching switching, WriteMode nominal) {
    return set ? switching.set(volts, seconds, nominal) : switching.reset(volts, seconds, nominal);
  }
}
