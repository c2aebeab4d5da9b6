package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CartPoleTest {
  private static final double SECONDS = 0.02;
  private final CartPole cartPole = new CartPole();

  /// From rest the pole lags: 10 N on 1.1 kg, worked out by hand.
  @Test
  void aPushFromRestIsAsWorkedOutByHand() {
    double[] state = new double[4];
    cartPole.step(state, 1);
    double turn = -(10 / 1.1) / (0.5 * (4.0 / 3 - 0.1 / 1.1));
    double acceleration = 10 / 1.1 - 0.05 * turn / 1.1;
    assertArrayEquals(new double[] {0, SECONDS * acceleration, 0, SECONDS * turn}, state, 1e-12);
    cartPole.step(state, 1);
    assertEquals(SECONDS * SECONDS * acceleration, state[0], 1e-12);
    assertEquals(SECONDS * SECONDS * turn, state[2], 1e-12);
    // The pole is still upright at the second push, so that one adds the same.
    assertEquals(2 * SECONDS * acceleration, state[1], 1e-12);
    assertEquals(2 * SECONDS * turn, state[3], 1e-12);
  }

  /// Cart and pole together are moved by the force alone, and the pole turns about its foot by weight and the cart's pull.
  @Test
  void accelerationsFulfilTheEquationsOfMotion() {
    double[][] states = {{0.3, -1.2, 0.15, 1.7}, {-2, 0.4, -0.2, -2.5}, {0, 0, 0.05, 0}};
    for (double[] before : states) {
      for (int action = 0; action < 2; action++) {
        double[] after = before.clone();
        cartPole.step(after, action);
        double cart = (after[1] - before[1]) / SECONDS;
        double pole = (after[3] - before[3]) / SECONDS;
        double angle = before[2];
        double inertia =
            1.1 * cart
                + 0.1 * 0.5 * pole * Math.cos(angle)
                - 0.1 * 0.5 * before[3] * before[3] * Math.sin(angle);
        assertEquals(action == 1 ? 10 : -10, inertia, 1e-9);
        double torque = 9.8 * Math.sin(angle) - cart * Math.cos(angle);
        assertEquals(torque, 4.0 / 3 * 0.5 * pole, 1e-9);
      }
    }
  }

  @Test
  void anEpisodeEndsBeyondTwelveDegreesAndTheTrack() {
    double lean = Math.toRadians(12);
    assertFalse(step(0, 0, lean - 1e-6, 0).terminated());
    assertTrue(step(0, 0, lean - 1e-6, 1).terminated());
    assertTrue(step(0, 0, -lean + 1e-6, -1).terminated());
    assertFalse(step(2.39, 0, 0, 0).terminated());
    assertTrue(step(2.39, 1, 0, 0).terminated());
    assertTrue(step(-2.39, -1, 0, 0).terminated());
    assertEquals(1, step(-2.39, -1, 0, 0).reward());
  }

  private Environment.Outcome step(double... state) {
    return cartPole.step(state, 1);
  }

  @Test
  void startsAreReadBackFromWhatIsSeen() {
    double[] state = {0.05, -0.031, 0.0123, -0.05};
    float[] seen = new float[4 * CartPole.FIELDS];
    cartPole.observe(state, seen);
    assertArrayEquals(state, cartPole.start(seen), 1e-6);
  }

  @Test
  void fieldsAddUpToOneEvenOutOfRange() {
    float[] seen = new float[4 * CartPole.FIELDS];
    cartPole.observe(new double[] {-3, 1.4, 0.25, -7}, seen);
    for (int i = 0; i < 4; i++) {
      float sum = 0;
      for (int f = 0; f < CartPole.FIELDS; f++) {
        sum += seen[i * CartPole.FIELDS + f];
      }
      assertEquals(1, sum, 1e-6);
    }
    assertEquals(1, seen[0], "left of all fields is the first");
    assertEquals(1, seen[3 * CartPole.FIELDS - 1], "right of all fields is the last");
  }

  @Test
  void startsAreNearUprightAndDifferBySeedAndPart() {
    Task task = Tasks.load("cartpole", null, 1);
    assertInstanceOf(Goal.Control.class, task.goal());
    assertEquals(10_000, task.train().size());
    assertEquals(100, task.test().size());
    assertEquals(2, task.classes());
    double[] sums = new double[4];
    double most = 0;
    float[][] observations = task.train().inputs().toFloatMatrix();
    for (float[] observation : observations) {
      double[] start = cartPole.start(observation);
      for (int i = 0; i < start.length; i++) {
        sums[i] += start[i] / observations.length;
        most = Math.max(most, Math.abs(start[i]));
      }
    }
    assertArrayEquals(new double[4], sums, 1e-3);
    assertTrue(most > 0.0499 && most < 0.0501, "most " + most);
    float[] test = task.test().inputs().data().asFloat();
    float[] validation = task.validation().inputs().data().asFloat();
    assertArrayEquals(test, Tasks.load("cartpole", null, 1).test().inputs().data().asFloat());
    float[] other = Tasks.load("cartpole", null, 2).test().inputs().data().asFloat();
    assertFalse(Arrays.equals(test, other), "another seed");
    assertFalse(Arrays.equals(validation, Arrays.copyOf(test, validation.length)));
  }
}
