package org.mortal.learning.task;

import java.util.SequencedMap;

/// The laws of a world to act in: what follows from an action, and how much of it is seen.
///
/// It keeps no state, so that many episodes can go on under one law. A state is an array of numbers that only the
/// environment understands.
public interface Environment {

  /// What came of a step.
  ///
  /// @param reward for it
  /// @param terminated whether it ended the episode for good, so that no reward can follow
  record Outcome(double reward, boolean terminated) {}

  /// Steps after which an episode that has not ended is cut short.
  int limit();

  /// The greatest sum of rewards that an episode can come to, above 0; the least is 0.
  double bestReturn();

  /// The state that an episode starts in.
  ///
  /// @param observation of it: a row of the task's data set
  double[] start(float[] observation);

  /// Writes what is seen of a state.
  ///
  /// @param observation takes the task's features, each from 0 to 1
  void observe(double[] state, float[] observation);

  /// What is worth drawing of a state: names with their units, and values; the same names in the same order each time.
  SequencedMap<String, Double> gauges(double[] state);

  /// Moves on by a step, in place.
  ///
  /// @param action one of the task's classes
  Outcome step(double[] state, int action);
}
