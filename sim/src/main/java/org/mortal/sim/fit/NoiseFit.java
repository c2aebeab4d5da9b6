package org.mortal.sim.fit;

import java.util.Arrays;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.mortal.sim.device.UpdateLaw;

/// The scatter around mean steps, by the greatest likelihood: what each point shows, and what pulses add to their steps.
final class NoiseFit {
  /// Relative to the window; below it is rounding.
  private static final double LEAST_VARIANCE = 1e-14;

  private static final double[] FLOORS = {0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100};

  private final Family family;
  private final PulseSteps steps;
  private final double shown;

  /// Standard deviation of each step for a noise of 1.
  private final double[] unit;

  private double[] figures = {0};
  private double[] variance;
  private double logLikelihood;

  NoiseFit(Family family, PulseSteps steps, double shownVariance) {
    this.family = family;
    this.steps = steps;
    this.shown = 2 * shownVariance / steps.block();
    this.unit = new double[steps.steps().size()];
    this.variance = new double[unit.length];
  }

  void fit(UpdateLaw law, double[] predicted, double[] residuals) {
    switch (family.noise()) {
      case OF_STEP_AT_ZERO -> {
        units((step, mean) -> step.pulses() > 0 ? law.setStep() : law.resetStep(), predicted);
        figures = new double[] {best(residuals)};
      }
      case OF_STEP -> {
        units((step, mean) -> mean, predicted);
        figures = new double[] {best(residuals)};
      }
      case OF_WINDOW -> {
        units((step, mean) -> 1, predicted);
        figures = new double[] {best(residuals)};
      }
      case OF_STEP_AND_FLOOR -> floored(law, predicted, residuals);
      case AT_NODES -> nodes(residuals);
    }
  }

  /// Standard deviation of one pulse in levels for a noise of 1.
  private interface Unit {
    double of(PulseSteps.Step step, double mean);
  }

  private void units(Unit one, double[] predicted) {
    for (int k = 0; k < unit.length; k++) {
      PulseSteps.Step step = steps.steps().get(k);
      int pulses = Math.abs(step.pulses());
      double mean = Math.abs(predicted[k] - step.before()) / pulses * family.levels();
      unit[k] = one.of(step, mean) * Math.sqrt(independent(pulses)) / family.levels();
    }
  }

  /// How many pulses' scatter is in the difference of two points, or of the means of two blocks of points.
  private double independent(int pulses) {
    double block = steps.block();
    return block == 1 ? pulses : pulses * (2 * block * block + 1) / (3 * block * block);
  }

  private void floored(UpdateLaw law, double[] predicted, double[] residuals) {
    double most = Double.NEGATIVE_INFINITY;
    double[] found = null;
    double meanStep = meanStep(predicted);
    for (double part : FLOORS) {
      double floor = part * meanStep;
      units((step, mean) -> mean + floor, predicted);
      double noise = best(residuals);
      if (logLikelihood > most) {
        most = logLikelihood;
        found = new double[] {noise, floor};
      }
    }
    figures = found;
    double floor = figures[1];
    units((step, mean) -> mean + floor, predicted);
    evaluate(figures[0], residuals);
  }

  /// Of one pulse, in levels.
  private double meanStep(double[] predicted) {
    units((step, mean) -> mean / Math.sqrt(independent(Math.abs(step.pulses()))), predicted);
    return Arrays.stream(unit).average().orElseThrow() * family.levels();
  }

  private double best(double[] residuals) {
    double found =
        new BrentOptimizer(1e-6, 1e-9)
            .optimize(
                new UnivariateObjectiveFunction(log -> evaluate(Math.exp(log), residuals)),
                GoalType.MAXIMIZE,
                new SearchInterval(Math.log(1e-8), Math.log(1e4)),
                new MaxEval(500))
            .getPoint();
    evaluate(Math.exp(found), residuals);
    return Math.exp(found) < 1e-6 ? 0 : Math.exp(found);
  }

  private double evaluate(double noise, double[] residuals) {
    for (int k = 0; k < variance.length; k++) {
      variance[k] = shown + noise * noise * unit[k] * unit[k];
    }
    return sum(residuals);
  }

  private double sum(double[] residuals) {
    double sum = 0;
    for (int k = 0; k < variance.length; k++) {
      variance[k] = Math.max(variance[k], LEAST_VARIANCE);
      double square = residuals[k] * residuals[k] / variance[k];
      sum -= 0.5 * (square + Math.log(2 * Math.PI * variance[k]));
    }
    logLikelihood = sum;
    return sum;
  }

  /// Each residual counts for the two nodes beside it, the nearer the more.
  private void nodes(double[] residuals) {
    int nodes = Family.NODES;
    double[] squares = new double[2 * nodes];
    double[] counts = new double[2 * nodes];
    double[] place = new double[residuals.length];
    for (int k = 0; k < residuals.length; k++) {
      PulseSteps.Step step = steps.steps().get(k);
      place[k] = Math.clamp(step.before(), 0, 1) * (nodes - 1);
      int node = Math.min((int) place[k], nodes - 2);
      int first = node + (step.pulses() > 0 ? 0 : nodes);
      double way = place[k] - node;
      double square = (residuals[k] * residuals[k] - shown) / independent(Math.abs(step.pulses()));
      squares[first] += (1 - way) * square;
      squares[first + 1] += way * square;
      counts[first] += 1 - way;
      counts[first + 1] += way;
    }
    double[] deviations = new double[2 * nodes];
    Arrays.setAll(
        deviations, n -> counts[n] == 0 ? 0 : Math.sqrt(Math.max(0, squares[n] / counts[n])));
    for (int k = 0; k < residuals.length; k++) {
      PulseSteps.Step step = steps.steps().get(k);
      int node = Math.min((int) place[k], nodes - 2);
      int first = node + (step.pulses() > 0 ? 0 : nodes);
      double way = place[k] - node;
      double deviation = (1 - way) * deviations[first] + way * deviations[first + 1];
      variance[k] = shown + deviation * deviation * independent(Math.abs(step.pulses()));
    }
    sum(residuals);
    figures = Arrays.stream(deviations).map(d -> d * family.levels()).toArray();
  }

  /// As the law wants them.
  double[] figures() {
    return figures;
  }

  int parameters() {
    return figures.length;
  }

  /// One over the variance of each step.
  double[] weights() {
    return Arrays.stream(variance).map(v -> 1 / v).toArray();
  }

  double[] deviations() {
    return Arrays.stream(variance).map(Math::sqrt).toArray();
  }

  double logLikelihood() {
    return logLikelihood;
  }
}
