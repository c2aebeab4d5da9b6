package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// What output converters do wrong beside offset and gain, which belong to their amplifiers: each converter is drawn from the
/// chip's seed.
///
/// @param inlSteps integral non-linearity: standard deviation of a smooth bow at its peak, in steps
/// @param dnlSteps differential non-linearity: standard deviation of the width of a step, in steps
public record AdcErrors(double inlSteps, double dnlSteps) {
  public AdcErrors {
    Numbers.requireNotNegative("inlSteps", inlSteps);
    Numbers.requireNotNegative("dnlSteps", dnlSteps);
  }
}
