package org.mortal.bench.calibrate.wires;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.mortal.chip.calibrated.WireFit;
import org.mortal.sim.circuit.Wires;

/// Finds the resistances that all evidence together speaks for, by least squares: Gauss-Newton steps with slopes that need not
/// be exact, none below nothing.
final class WireFitter {
  private static final int MOST_STEPS = 10;

  /// A step that is this small beside the standard errors is the last.
  private static final double SMALL = 0.2;

  /// A longer step, in standard errors, is taken in part only.
  private static final double LARGE = 5;

  private static final double CAUTION = 0.6;

  /// Chips without wires that seem to have some.
  private static final double FALSE_ALARMS = 1e-5;

  /// Beside what evidence says of a resistance: so large that it does not matter, but no resistance stays undefined.
  private static final double LOOSE_OHMS = 100;

  private final List<WireEvidence> evidence;

  WireFitter(List<WireEvidence> evidence) {
    this.evidence = evidence;
  }

  static Wires wires(double[] ohms) {
    return new Wires(ohms[1], ohms[2], ohms[0], ohms[3], 0);
  }

  /// The resistances, or null where they may well be nothing.
  WireFit fit() {
    double[] ohms = new double[WireEvidence.OHMS];
    for (int step = 1; step <= MOST_STEPS; step++) {
      Normal normal = normal(ohms);
      double[] next = normal.solve(ohms);
      double[] errors = normal.errors();
      double moved = 0;
      for (int k = 0; k < ohms.length; k++) {
        moved = Math.max(moved, Math.abs(next[k] - ohms[k]) / errors[k]);
      }
      boolean last = moved < SMALL || step == MOST_STEPS;
      if ((step == 1 || last) && !normal.significant(next)) {
        return null;
      }
      if (last) {
        return new WireFit(next[0], next[1], next[2], next[3], errors);
      }
      // Strong wires do more than in proportion, so that long steps go too far.
      double part = moved > LARGE ? CAUTION : 1;
      for (int k = 0; k < ohms.length; k++) {
        ohms[k] += part * (next[k] - ohms[k]);
      }
    }
    throw new IllegalStateException("the last step is the last");
  }

  private Normal normal(double[] ohms) {
    RealMatrix squares = new Array2DRowRealMatrix(ohms.length, ohms.length);
    RealVector products = new ArrayRealVector(ohms.length);
    for (int k = 0; k < ohms.length; k++) {
      squares.addToEntry(k, k, 1 / (LOOSE_OHMS * LOOSE_OHMS));
    }
    for (WireEvidence one : evidence) {
      WireEvidence.Residuals residuals = one.at(ohms);
      double[] values = residuals.values();
      // Where values scatter by more than they should, they count for less.
      double weight = 1 / Math.max(1, scatter(values, residuals.slopes()));
      for (int n = 0; n < values.length; n++) {
        double[] slope = residuals.slopes()[n];
        for (int k = 0; k < ohms.length; k++) {
          products.addToEntry(k, -weight * slope[k] * values[n]);
          for (int l = 0; l < ohms.length; l++) {
            squares.addToEntry(k, l, weight * slope[k] * slope[l]);
          }
        }
      }
    }
    return new Normal(squares, products);
  }

  /// The mean square of values that are many; what they are about resistances is little beside it or will go away.
  private static double scatter(double[] values, double[][] slopes) {
    int free = values.length - WireEvidence.OHMS;
    if (free < 100) {
      return 1;
    }
    RealMatrix design = new Array2DRowRealMatrix(slopes);
    RealVector sides = design.preMultiply(new ArrayRealVector(values));
    RealMatrix squares = design.transpose().multiply(design);
    for (int k = 0; k < WireEvidence.OHMS; k++) {
      squares.addToEntry(k, k, 1e-12 + 1e-9 * squares.getEntry(k, k));
    }
    RealVector share = new LUDecomposition(squares).getSolver().solve(sides);
    double all = Arrays.stream(values).map(value -> value * value).sum();
    return (all - share.dotProduct(sides)) / free;
  }

  /// The equations of one step.
  private record Normal(RealMatrix squares, RealVector products) {

    /// Resistances after a step; those that would fall below nothing are nothing.
    double[] solve(double[] from) {
      boolean[] fixed = new boolean[from.length];
      for (int round = 0; round <= from.length; round++) {
        double[] step = step(from, fixed);
        boolean below = false;
        for (int k = 0; k < from.length; k++) {
          if (!fixed[k] && from[k] + step[k] < 0) {
            fixed[k] = true;
            below = true;
          }
        }
        if (!below) {
          double[] next = from.clone();
          Arrays.setAll(next, k -> Math.max(0, from[k] + step[k]));
          return next;
        }
      }
      return new double[from.length];
    }

    private double[] step(double[] from, boolean[] fixed) {
      RealMatrix left = squares.copy();
      RealVector right = products.copy();
      for (int k = 0; k < from.length; k++) {
        for (int l = 0; l < from.length && fixed[k]; l++) {
          if (l == k) {
            right.setEntry(k, -from[k] * squares.getEntry(k, k));
          } else {
            right.addToEntry(l, fixed[l] ? 0 : from[k] * squares.getEntry(l, k));
            left.setEntry(k, l, 0);
            left.setEntry(l, k, 0);
          }
        }
      }
      return new LUDecomposition(left).getSolver().solve(right).toArray();
    }

    double[] errors() {
      RealMatrix covariance = new LUDecomposition(squares).getSolver().getInverse();
      double[] errors = new double[covariance.getRowDimension()];
      Arrays.setAll(errors, k -> Math.sqrt(covariance.getEntry(k, k)));
      return errors;
    }

    /// Whether resistances are too large to be chance.
    boolean significant(double[] ohms) {
      RealVector found = new ArrayRealVector(ohms);
      double square = found.dotProduct(squares.operate(found));
      return square
          > new ChiSquaredDistribution(ohms.length).inverseCumulativeProbability(1 - FALSE_ALARMS);
    }
  }
}
