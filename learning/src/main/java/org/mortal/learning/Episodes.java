package org.mortal.learning;

import java.util.Arrays;
import java.util.SequencedMap;
import org.mortal.learning.task.Environment;

/// Episodes of one environment that go on side by side, a row each.
public final class Episodes {
  private final Environment environment;
  private final double[][] states;
  private final double[] rewards;
  private final double[] returns;
  private final int[] steps;
  private final boolean[] terminated;
  private final boolean[] spent;

  /// Rows without an episode: all are spent until one [begins][#begin] there.
  Episodes(Environment environment, int rows) {
    this.environment = environment;
    states = new double[rows][];
    rewards = new double[rows];
    returns = new double[rows];
    steps = new int[rows];
    terminated = new boolean[rows];
    spent = new boolean[rows];
    Arrays.fill(spent, true);
  }

  /// Begins an episode in a row with what is seen at first.
  void begin(int row, float[] observation) {
    states[row] = environment.start(observation);
    rewards[row] = 0;
    returns[row] = 0;
    steps[row] = 0;
    terminated[row] = false;
    spent[row] = false;
  }

  /// Writes what is seen in a row now.
  void observe(int row, float[] observation) {
    environment.observe(states[row], observation);
  }

  /// Takes a step in each episode that is not over; one that is becomes spent.
  ///
  /// @param actions one for each row, a class of the task
  public void act(int[] actions) {
    for (int row = 0; row < states.length; row++) {
      spent[row] = isOver(row);
      rewards[row] = 0;
      if (!spent[row]) {
        Environment.Outcome outcome = environment.step(states[row], actions[row]);
        rewards[row] = outcome.reward();
        terminated[row] = outcome.terminated();
        returns[row] += outcome.reward();
        steps[row]++;
      }
    }
  }

  /// Episodes side by side.
  public int size() {
    return states.length;
  }

  /// What is worth drawing of a row now.
  public SequencedMap<String, Double> gauges(int row) {
    return environment.gauges(states[row]);
  }

  /// What the last step earned.
  public double reward(int row) {
    return rewards[row];
  }

  /// What all steps of the episode have earned.
  public double total(int row) {
    return returns[row];
  }

  /// Steps of the episode so far; 0 where it has just begun.
  public int steps(int row) {
    return steps[row];
  }

  /// Whether the episode ended for good: nothing can be earned any more.
  public boolean isTerminated(int row) {
    return terminated[row];
  }

  /// Whether the episode ended, or was cut short.
  public boolean isOver(int row) {
    return terminated[row] || steps[row] >= environment.limit();
  }

  /// Whether there is no episode, or one that was over before the last step of the others.
  boolean isSpent(int row) {
    return spent[row];
  }
}
