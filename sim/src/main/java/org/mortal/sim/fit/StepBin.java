package org.mortal.sim.fit;

import java.util.ArrayList;
import java.util.List;

/// Measured steps that begin at about the same conductance, beside what the fitted law makes of them.
///
/// @param siemens where they begin
/// @param set whether they are of SET pulses
/// @param steps how many
/// @param measuredSiemens their mean for one pulse, positive upwards
/// @param fittedSiemens the law's mean for one pulse
public record StepBin(
    double siemens, boolean set, int steps, double measuredSiemens, double fittedSiemens) {
  private static final int BINS = 24;

  static List<StepBin> of(FittedLaw law, PulseSteps steps) {
    double[] predicted = LawFit.predicted(law.law(), law.window().lowLevel(), steps);
    List<StepBin> bins = new ArrayList<>();
    for (int sign = 1; sign >= -1; sign -= 2) {
      double[][] sums = new double[BINS][4];
      for (int k = 0; k < predicted.length; k++) {
        PulseSteps.Step step = steps.steps().get(k);
        if (Integer.signum(step.pulses()) == sign) {
          double[] sum = sums[Math.clamp((int) (step.before() * BINS), 0, BINS - 1)];
          sum[0]++;
          sum[1] += step.before();
          sum[2] += step.change() / Math.abs(step.pulses());
          sum[3] += (predicted[k] - step.before()) / Math.abs(step.pulses());
        }
      }
      for (double[] sum : sums) {
        if (sum[0] > 0) {
          bins.add(bin(sum, sign > 0, steps));
        }
      }
    }
    return bins;
  }

  private static StepBin bin(double[] sum, boolean set, PulseSteps steps) {
    double scale = steps.windowSiemens() / sum[0];
    return new StepBin(
        steps.minSiemens() + sum[1] * scale, set, (int) sum[0], sum[2] * scale, sum[3] * scale);
  }
}
