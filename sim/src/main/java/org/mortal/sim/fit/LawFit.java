package org.mortal.sim.fit;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.util.Pair;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Window;

/// Fits one family to steps: the means by Levenberg and Marquardt's method, weighted by the noise that they leave.
final class LawFit {
  private static final int ROUNDS = 2;
  private static final int MOST_EVALUATIONS = 60;
  private static final double CONVERGED = 1e-7;

  /// Pulses between two points that are made one by one; more are made in as many stronger ones.
  private static final int SINGLE_PULSES = 16;

  private final Family family;
  private final PulseSteps steps;
  private final double[] after;
  private double[] deviations;

  LawFit(Family family, PulseSteps steps) {
    this.family = family;
    this.steps = steps;
    this.after = steps.steps().stream().mapToDouble(PulseSteps.Step::after).toArray();
  }

  FittedLaw fit(double shownVariance) {
    double levels = family.levels();
    double[] p =
        family.start(levels * least(steps.meanStep(1)), levels * least(steps.meanStep(-1)));
    NoiseFit noise = new NoiseFit(family, steps, shownVariance);
    double[] weights = new double[after.length];
    Arrays.fill(weights, 1);
    for (int round = 0; round < ROUNDS; round++) {
      p = solve(p, weights);
      noise.fit(family.law(p), predicted(p), residuals(p));
      weights = noise.weights();
    }
    double square = Arrays.stream(residuals(p)).map(r -> r * r).average().orElseThrow();
    int parameters = family.parameters() + noise.parameters();
    double criterion = parameters * Math.log(after.length) - 2 * noise.logLikelihood();
    Window window = new Window(steps.minSiemens(), steps.maxSiemens(), family.lowLevel(), 1);
    deviations = noise.deviations();
    return new FittedLaw(
        family.law(p, noise.figures()),
        window,
        Math.sqrt(square) * steps.windowSiemens(),
        criterion);
  }

  /// Standard deviation of each step by the fitted law, in parts of the window.
  double[] deviations() {
    return deviations;
  }

  /// The place of a law that cannot be fitted.
  FittedLaw none() {
    Window window = new Window(steps.minSiemens(), steps.maxSiemens(), family.lowLevel(), 1);
    UpdateLaw law = family.law(family.start(1e-6, 1e-6));
    return new FittedLaw(law, window, Double.NaN, Double.POSITIVE_INFINITY);
  }

  /// Steps that go the wrong way on the whole begin as very small ones.
  private static double least(double step) {
    return Math.max(step, 1e-6);
  }

  /// Points are weighted one by one beforehand: a matrix of weights would be multiplied as a whole.
  private double[] solve(double[] start, double[] weights) {
    double[] roots = Arrays.stream(weights).map(Math::sqrt).toArray();
    double[] target = after.clone();
    Arrays.setAll(target, k -> roots[k] * after[k]);
    return new LevenbergMarquardtOptimizer()
        .withCostRelativeTolerance(CONVERGED)
        .withParameterRelativeTolerance(CONVERGED)
        .optimize(
            new LeastSquaresBuilder()
                .start(start)
                .model(model(roots))
                .target(target)
                .maxEvaluations(MOST_EVALUATIONS)
                .maxIterations(MOST_EVALUATIONS)
                .build())
        .getPoint()
        .toArray();
  }

  private MultivariateJacobianFunction model(double[] roots) {
    return point -> {
      double[] p = point.toArray();
      double[] value = predicted(p);
      double[][] slopes = new double[value.length][p.length];
      for (int j = 0; j < p.length; j++) {
        double[] moved = p.clone();
        moved[j] += 1e-6 * Math.max(1, Math.abs(p[j]));
        double[] other = predicted(moved);
        for (int k = 0; k < value.length; k++) {
          slopes[k][j] = roots[k] * (other[k] - value[k]) / (moved[j] - p[j]);
        }
      }
      Arrays.setAll(value, k -> roots[k] * value[k]);
      return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(slopes, false));
    };
  }

  private double[] residuals(double[] p) {
    double[] residuals = predicted(p);
    Arrays.setAll(residuals, k -> after[k] - residuals[k]);
    return residuals;
  }

  private double[] predicted(double[] p) {
    return predicted(family.law(p), family.lowLevel(), steps);
  }

  /// Where the law's mean steps lead from each point before, in parts of the window.
  static double[] predicted(UpdateLaw law, double lowLevel, PulseSteps steps) {
    PulseStep set = law.set();
    PulseStep reset = law.reset();
    double levels = 1 - lowLevel;
    List<PulseSteps.Step> all = steps.steps();
    double[] predicted = new double[all.size()];
    for (int k = 0; k < predicted.length; k++) {
      PulseSteps.Step step = all.get(k);
      double low = lowLevel + levels * steps.ends(step).low();
      double high = lowLevel + levels * steps.ends(step).high();
      int pulses = Math.abs(step.pulses());
      int times = Math.min(pulses, SINGLE_PULSES);
      double strength = (double) pulses / times;
      PulseStep pulse = step.pulses() > 0 ? set : reset;
      double level = lowLevel + levels * step.before();
      for (int n = 0; n < times; n++) {
        level = Math.clamp(pulse.next(level, low, high, strength, 0), low, high);
      }
      predicted[k] = (level - lowLevel) / levels;
    }
    return predicted;
  }
}
