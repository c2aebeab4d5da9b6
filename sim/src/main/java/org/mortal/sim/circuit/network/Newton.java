package org.mortal.sim.circuit.network;

/// Newton's method for circuits whose currents all rise with their voltages.
///
/// Such a circuit minimises a convex function, its co-content, of which the surplus currents are the negative gradient
/// (Millar, Philosophical Magazine 42, 1150 (1951)). A step is halved until the gradient along it has hardly changed its
/// sign, so each step goes down, and from any start.
final class Newton {
  /// Surplus current at a node, as a fraction of the currents of its line.
  static final double TOLERANCE = 1e-12;

  /// Where rounding may end the descent: wires of little resistance beside cells of much.
  private static final double ROUNDED = 1e-9;

  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 40;
  private static final double OVERSHOOT = 0.1;

  private final Unknowns network;
  private double[] surplus;
  private double[] trialSurplus;
  private double[] trial;
  private final double[] step;

  Newton(Unknowns network) {
    this.network = network;
    int unknowns = network.unknowns();
    surplus = new double[unknowns];
    trialSurplus = new double[unknowns];
    trial = new double[unknowns];
    step = new double[unknowns];
  }

  /// Moves `volts` to the solution.
  ///
  /// @return the number of steps
  int solve(double[] volts) {
    double left = network.surplus(volts, surplus);
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (left <= TOLERANCE) {
        return steps;
      }
      network.step(surplus, step);
      double next = descend(volts);
      if (!(next < left) && left <= ROUNDED) {
        network.surplus(volts, surplus);
        return steps;
      }
      System.arraycopy(trial, 0, volts, 0, volts.length);
      network.arrive(volts);
      double[] swapped = surplus;
      surplus = trialSurplus;
      trialSurplus = swapped;
      left = next;
    }
    throw new ArithmeticException(
        "the circuit did not settle: a node is left with %s of its line's current after %d steps, the limit is %s"
            .formatted(left, MOST_STEPS, TOLERANCE));
  }

  /// Sets `trial` to a point along the step, as far as the surplus does not point back.
  private double descend(double[] volts) {
    double limit = OVERSHOOT * dot(step, surplus);
    double length = 1;
    double left = Double.NaN;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      for (int i = 0; i < volts.length; i++) {
        trial[i] = volts[i] + length * step[i];
      }
      left = network.surplus(trial, trialSurplus);
      if (left <= TOLERANCE || dot(step, trialSurplus) >= -limit) {
        return left;
      }
      length *= 0.5;
    }
    return left;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
