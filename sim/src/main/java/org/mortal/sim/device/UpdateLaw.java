package org.mortal.sim.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How one pulse moves the level of a cell.
///
/// A law is a pure function: what differs from cell to cell, the bounds and the size of a step, is handed in.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "law")
@JsonSubTypes(@JsonSubTypes.Type(value = ConstantStep.class, name = "constant-step"))
public sealed interface UpdateLaw permits ConstantStep {

  /// Size of a nominal SET pulse's step in levels, for a cell without quirks, where the law steps most evenly.
  double setStep();

  /// The same of a RESET pulse, positive too.
  double resetStep();

  /// Standard deviation of a step from pulse to pulse, as a fraction of the step.
  double cycleNoise();

  /// Whether a step depends on neither the level nor the bounds, so that `n` pulses are one step of `n` times the mean and
  /// `√n` times the scatter.
  default boolean additive() {
    return false;
  }

  /// The level after one pulse, before it is held within the bounds.
  ///
  /// @param level before
  /// @param low lower bound of this cell
  /// @param high upper bound of this cell
  /// @param step of this cell in this direction: [#setStep] or [#resetStep] times its quirk and the pulse's strength
  /// @param set whether it is a SET pulse
  /// @param normal the standard normal number of this pulse
  float next(float level, float low, float high, float step, boolean set, float normal);
}
