package org.mortal.learning.task;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.nd4j.linalg.factory.Nd4j;

/// A pole on a cart that is pushed left or right fifty times a second: keep it upright, and the cart on its track.
///
/// Each step earns 1. An episode ends when the pole leans more than 12 degrees or the cart is more than 2.4 m from the
/// middle, and is cut short after 500 steps. It starts with all four numbers evenly from -0.05 to 0.05; start states are
/// what the data sets hold. Labels mean nothing; classes are the actions, left and right.
///
/// Position, velocity, angle and angular velocity are each seen by eight overlapping triangular receptive fields, which add
/// up to 1: inputs that hardware likes, and a hidden layer can bend. What is out of their range looks like its end.
///
/// Source: Barto, Sutton, Anderson, IEEE Transactions on Systems, Man, and Cybernetics 13, 834 (1983), without friction;
/// limits, Euler steps and starts as in CartPole-v1 of Gymnasium (Towers et al., arXiv 2407.17032).
public final class CartPole implements Environment {
  static final int FIELDS = 8;

  private static final double GRAVITY = 9.8;
  private static final double CART_KILOGRAMS = 1.0;
  private static final double POLE_KILOGRAMS = 0.1;
  private static final double TOTAL_KILOGRAMS = CART_KILOGRAMS + POLE_KILOGRAMS;
  private static final double HALF_POLE_METRES = 0.5;
  private static final double NEWTONS = 10;
  private static final double STEP_SECONDS = 0.02;
  private static final double TRACK_METRES = 2.4;
  private static final double LEAN_RADIANS = Math.toRadians(12);
  private static final double START = 0.05;
  private static final int LIMIT = 500;

  /// How far to each side receptive fields reach, in metres, metres a second, radians, radians a second.
  private static final double[] RANGES = {TRACK_METRES, 3, LEAN_RADIANS, 3};

  private static final int TRAIN = 10_000;
  private static final int VALIDATION = 50;
  private static final int TEST = 100;

  /// The task `cartpole`.
  ///
  /// @param seed of the start states
  /// @return 10,000 start states to train from, 50 to validate, 100 to test
  static Task task(long seed) {
    CartPole environment = new CartPole();
    SplittableRandom random = new SplittableRandom(seed);
    return new Task(
        "cartpole",
        environment.starts(TRAIN, random.split()),
        environment.starts(VALIDATION, random.split()),
        environment.starts(TEST, random.split()),
        new Picture(RANGES.length * FIELDS, 1),
        new Goal.Control(environment));
  }

  private DataSet starts(int count, SplittableRandom random) {
    float[][] observations = new float[count][RANGES.length * FIELDS];
    for (float[] observation : observations) {
      double[] state = random.doubles(RANGES.length, -START, START).toArray();
      observe(state, observation);
    }
    return new DataSet(Nd4j.createFromArray(observations), new int[count], 2);
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public double bestReturn() {
    return LIMIT;
  }

  /// Within their range, the fields' mean place by their activity is the number that they see.
  @Override
  public double[] start(float[] observation) {
    double[] state = new double[RANGES.length];
    for (int i = 0; i < observation.length; i++) {
      state[i / FIELDS] += observation[i] * place(i % FIELDS) * RANGES[i / FIELDS];
    }
    return state;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    for (int i = 0; i < observation.length; i++) {
      double seen = Math.clamp(state[i / FIELDS] / RANGES[i / FIELDS], -1, 1);
      double distance = Math.abs(seen - place(i % FIELDS)) * (FIELDS - 1) / 2;
      observation[i] = (float) Math.max(0, 1 - distance);
    }
  }

  /// Where a field sees most, from -1 to 1.
  private static double place(int field) {
    return 2.0 * field / (FIELDS - 1) - 1;
  }

  @Override
  public SequencedMap<String, Double> gauges(double[] state) {
    SequencedMap<String, Double> gauges = new LinkedHashMap<>();
    gauges.put("position in dm", 10 * state[0]);
    gauges.put("angle in degrees", Math.toDegrees(state[2]));
    return gauges;
  }

  @Override
  public Outcome step(double[] state, int action) {
    double force = action == 1 ? NEWTONS : -NEWTONS;
    double sine = Math.sin(state[2]);
    double cosine = Math.cos(state[2]);
    double poleMoment = POLE_KILOGRAMS * HALF_POLE_METRES;
    double push = (force + poleMoment * state[3] * state[3] * sine) / TOTAL_KILOGRAMS;
    double turn =
        (GRAVITY * sine - cosine * push)
            / (HALF_POLE_METRES * (4.0 / 3 - POLE_KILOGRAMS * cosine * cosine / TOTAL_KILOGRAMS));
    double acceleration = push - poleMoment * turn * cosine / TOTAL_KILOGRAMS;
    // Places move by the velocities from before the step, as published.
    state[0] += STEP_SECONDS * state[1];
    state[1] += STEP_SECONDS * acceleration;
    state[2] += STEP_SECONDS * state[3];
    state[3] += STEP_SECONDS * turn;
    return new Outcome(1, Math.abs(state[0]) > TRACK_METRES || Math.abs(state[2]) > LEAN_RADIANS);
  }
}
