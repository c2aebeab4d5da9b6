package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// What row drivers do wrong: each row has a driver of its own, drawn from the chip's seed.
///
/// A code gives `(1 + gain) (code + deviation) step + offset`, kept between ground and full scale, and then the noise of that
/// conversion, which is the same for all columns of the row. Rows that are not driven are tied to ground and have no errors.
///
/// @param gainSpread standard deviation of the gains from 1
/// @param offsetVolts standard deviation of the offsets
/// @param inlSteps integral non-linearity: standard deviation of a smooth bow at its peak, in steps
/// @param dnlSteps differential non-linearity: standard deviation of the width of a step, in steps
/// @param noiseVolts standard deviation of the noise, anew for each conversion
public record DacErrors(
    double gainSpread, double offsetVolts, double inlSteps, double dnlSteps, double noiseVolts) {
  public DacErrors {
    Numbers.requireNotNegative("gainSpread", gainSpread);
    Numbers.requireNotNegative("offsetVolts", offsetVolts);
    Numbers.requireNotNegative("inlSteps", inlSteps);
    Numbers.requireNotNegative("dnlSteps", dnlSteps);
    Numbers.requireNotNegative("noiseVolts", noiseVolts);
  }
}
