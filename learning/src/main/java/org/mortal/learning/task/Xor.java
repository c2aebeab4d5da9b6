package org.mortal.learning.task;

import org.nd4j.linalg.factory.Nd4j;

/// The exclusive or of two bits: the smallest task that a linear model cannot solve.
///
/// All there is to know are four patterns, so train, validation and test are the same four. Nothing
/// could be held back: a network that has not seen a pattern has no grounds to guess its answer.
/// The error on this task therefore says whether a learning rule can train a hidden layer at all,
/// and nothing about generalisation.
public final class Xor {
  private Xor() {}

  /// The task `xor`.
  ///
  /// @return four rows of two features, each 0 or 1, in the order 00, 01, 10, 11; the label is 1
  ///     where the bits differ; width 2, height 1
  public static Task task() {
    float[][] patterns = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    DataSet all = new DataSet(Nd4j.createFromArray(patterns), new int[] {0, 1, 1, 0}, 2);
    return new Task("xor", all, all, all, 2, 1);
  }
}
