package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The descent on one node, where everything can be seen.
class NewtonTest {
  /// A node that takes up `amps` through a device of the given current and slope.
  private static final class OneNode implements Unknowns {
    private final double amps;
    private final DoubleUnaryOperator current;
    private final DoubleUnaryOperator slope;
    private double volts;

    private OneNode(double amps, DoubleUnaryOperator current, DoubleUnaryOperator slope) {
      this.amps = amps;
      this.current = current;
      this.slope = slope;
    }

    @Override
    public int unknowns() {
      return 1;
    }

    @Override
    public double surplus(double[] at, double[] left) {
      volts = at[0];
      left[0] = amps - current.applyAsDouble(volts);
      return Math.abs(left[0]);
    }

    @Override
    public void arrive(double[] at) {
      assertEquals(volts, at[0]);
    }

    @Override
    public void step(double[] left, double[] step) {
      step[0] = left[0] / slope.applyAsDouble(volts);
    }
  }

  @Test
  void anOhmicNodeTakesOneStep() {
    double[] volts = {0};
    assertEquals(1, new Newton(new OneNode(3, v -> 2 * v, v -> 2)).solve(volts));
    assertEquals(1.5, volts[0], 1e-15);
  }

  /// Whole steps from 3 V would run away to both sides of a current that levels off.
  @Test
  void stepsThatGoTooFarAreShortened() {
    double[] volts = {3};
    int steps = new Newton(new OneNode(0.5, Math::atan, v -> 1 / (1 + v * v))).solve(volts);
    assertEquals(Math.tan(0.5), volts[0], 1e-11);
    assertTrue(steps < 12, steps + " steps");
  }

  @Test
  void aCurrentThatNoVoltageTakesUpIsRefused() {
    double[] volts = {0};
    Newton newton = new Newton(new OneNode(2, Math::atan, v -> 1 / (1 + v * v)));
    ArithmeticException refused =
        assertThrows(ArithmeticException.class, () -> newton.solve(volts));
    assertTrue(refused.getMessage().contains("did not settle"), refused.getMessage());
  }
}
