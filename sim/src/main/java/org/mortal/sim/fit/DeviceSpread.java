package org.mortal.sim.fit;

import java.util.Arrays;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Variation;

/// How the steps and windows of measured devices differ from the common law.
final class DeviceSpread {
  private final UpdateLaw law;
  private final double lowLevel;
  private final PulseSteps steps;

  DeviceSpread(FittedLaw fitted, PulseSteps steps) {
    this.law = fitted.law();
    this.lowLevel = fitted.window().lowLevel();
    this.steps = steps;
  }

  /// @param shownVariance of single points, in parts of the window squared
  Variation variation(double shownVariance) {
    double levels = 1 - lowLevel;
    double writeNoise = Math.sqrt(shownVariance) * levels / law.setStep();
    int devices = steps.devices().size();
    if (devices == 1) {
      return new Variation(0, 0, false, 0, 0, 0, writeNoise);
    }
    double unit = Math.max(law.setStep(), law.resetStep());
    double[] set = new double[devices];
    double[] reset = new double[devices];
    double uncertainty =
        sizes(1, law.setStep() / unit, set) + sizes(-1, law.resetStep() / unit, reset);
    double[] high = new double[devices];
    double[] low = new double[devices];
    double[] size = new double[devices];
    double[] skew = new double[devices];
    for (int d = 0; d < devices; d++) {
      high[d] = lowLevel + levels * steps.devices().get(d).high();
      low[d] = lowLevel + levels * steps.devices().get(d).low();
      size[d] = (set[d] + reset[d]) / 2;
      skew[d] = (set[d] - reset[d]) / 2;
    }
    return new Variation(
        0,
        deviation(size, uncertainty / 4),
        false,
        deviation(skew, uncertainty / 4),
        deviation(high, 0),
        // The spread of a bound is a fraction of it: none can be stated around level 0.
        lowLevel == 0 ? 0 : deviation(low, 0) / Math.abs(lowLevel),
        writeNoise);
  }

  /// How large each device's steps are, for common ones of `unit`.
  ///
  /// @return the variance that they have because steps scatter
  private double sizes(int sign, double unit, double[] sizes) {
    double[] predicted = LawFit.predicted(law, lowLevel, steps);
    double[] product = new double[sizes.length];
    double[] square = new double[sizes.length];
    double[] left = new double[sizes.length];
    for (int k = 0; k < predicted.length; k++) {
      PulseSteps.Step step = steps.steps().get(k);
      if (Integer.signum(step.pulses()) == sign) {
        double mean = predicted[k] - step.before();
        product[step.device()] += mean * step.change();
        square[step.device()] += mean * mean;
        left[step.device()] += (step.change() - mean) * (step.change() - mean) * mean * mean;
      }
    }
    double variance = 0;
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = square[d] == 0 ? unit : unit * product[d] / square[d];
      variance += square[d] == 0 ? 0 : unit * unit * left[d] / (square[d] * square[d]);
    }
    return variance / sizes.length;
  }

  private static double deviation(double[] values, double uncertainty) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(Math.max(0, squares / (values.length - 1) - uncertainty));
  }
}
