package org.mortal.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.ExponentialStep;
import org.mortal.sim.device.LinearStep;
import org.mortal.sim.device.Piecewise;
import org.mortal.sim.device.Saturating;
import org.mortal.sim.device.SoftBounds;
import org.mortal.sim.device.UpdateLaw;

/// Laws that are fitted, each with one form of noise: how numbers become a law.
///
/// Steps are given as logarithms, so that they stay positive.
enum Family {
  CONSTANT(-1, Noise.OF_STEP_AT_ZERO, 2),
  LINEAR(-1, Noise.OF_STEP_AT_ZERO, 4),
  LINEAR_PROPORTIONAL(-1, Noise.OF_STEP, 4),
  SOFT_BOUNDS(-1, Noise.OF_STEP_AT_ZERO, 2),
  SOFT_BOUNDS_PROPORTIONAL(-1, Noise.OF_STEP, 2),
  EXPONENTIAL(-1, Noise.OF_STEP_AND_FLOOR, 6),
  SATURATING(0, Noise.OF_WINDOW, 4),
  PIECEWISE(-1, Noise.AT_NODES, 2 * Family.NODES);

  /// Nodes of a measured law.
  static final int NODES = 9;

  private static final double MOST_LABEL = 9;

  /// What the standard deviation of a step is in proportion to.
  enum Noise {
    OF_STEP_AT_ZERO,
    OF_STEP,
    OF_STEP_AND_FLOOR,
    OF_WINDOW,
    AT_NODES
  }

  private final double lowLevel;
  private final Noise noise;
  private final int parameters;

  Family(double lowLevel, Noise noise, int parameters) {
    this.lowLevel = lowLevel;
    this.noise = noise;
    this.parameters = parameters;
  }

  /// The level of the low end of the window; the high end's is 1.
  double lowLevel() {
    return lowLevel;
  }

  double levels() {
    return 1 - lowLevel;
  }

  Noise noise() {
    return noise;
  }

  /// Numbers of the mean steps; those of the noise come upon them.
  int parameters() {
    return parameters;
  }

  /// Where to begin: constant steps.
  ///
  /// @param set mean SET step in levels
  /// @param reset mean RESET step in levels, positive
  double[] start(double set, double reset) {
    double[] start = new double[parameters];
    if (this == PIECEWISE) {
      Arrays.fill(start, 0, NODES, set);
      Arrays.fill(start, NODES, 2 * NODES, reset);
      return start;
    }
    boolean pulses = this == SATURATING;
    start[0] = Math.log(pulses ? 1 / set : set);
    start[1] = Math.log(pulses ? 1 / reset : reset);
    if (this == SATURATING) {
      // Not 0, where all small labels are the same straight line.
      start[2] = 0.3;
      start[3] = -0.3;
    } else if (this == EXPONENTIAL) {
      System.arraycopy(new double[] {-0.5, -0.5, 1, 1}, 0, start, 2, 4);
    }
    return start;
  }

  /// The law without noise.
  UpdateLaw law(double[] p) {
    return law(p, this == PIECEWISE ? new double[2 * NODES] : new double[2]);
  }

  /// @param noise one number, for [Noise#OF_STEP_AND_FLOOR] two, for [Noise#AT_NODES] all
  UpdateLaw law(double[] p, double[] noise) {
    double set = Math.exp(p[0]);
    double reset = Math.exp(p[1]);
    return switch (this) {
      case CONSTANT -> new ConstantStep(set, reset, noise[0]);
      case LINEAR -> new LinearStep(set, reset, p[2], p[3], noise[0], false);
      case LINEAR_PROPORTIONAL -> new LinearStep(set, reset, p[2], p[3], noise[0], true);
      case SOFT_BOUNDS -> new SoftBounds(set, reset, noise[0], false);
      case SOFT_BOUNDS_PROPORTIONAL -> new SoftBounds(set, reset, noise[0], true);
      case EXPONENTIAL ->
          new ExponentialStep(set, reset, -1, 0, p[2], p[3], p[4], p[5], noise[0], noise[1], 0);
      case SATURATING -> new Saturating(set, reset, label(p[2]), label(p[3]), noise[0]);
      case PIECEWISE ->
          new Piecewise(nodes(), half(p, 0), half(p, NODES), half(noise, 0), half(noise, NODES));
    };
  }

  private static double label(double unbounded) {
    return MOST_LABEL * Math.tanh(unbounded / MOST_LABEL);
  }

  /// Levels of the nodes, evenly over the window.
  static List<Double> nodes() {
    List<Double> nodes = new ArrayList<>();
    for (int k = 0; k < NODES; k++) {
      nodes.add(-1 + 2.0 * k / (NODES - 1));
    }
    return Collections.unmodifiableList(nodes);
  }

  private static List<Double> half(double[] values, int from) {
    return Arrays.stream(values, from, from + NODES).boxed().toList();
  }
}
