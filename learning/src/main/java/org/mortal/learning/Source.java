package org.mortal.learning;

import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Task;

/// Where the batches of a training come from.
interface Source {

  /// What suits the goal of a task.
  static Source of(Task task, Network network, Recipe recipe, long seed) {
    return switch (task.goal()) {
      case Goal.Labels(), Goal.Patterns(), Goal.Recall(_) ->
          new Batches(task, network, recipe, seed);
      case Goal.Control(var environment) ->
          new Moments(task.train(), environment, network, recipe, seed);
    };
  }

  /// Examples in a batch.
  int size();

  /// Steps in an epoch.
  int perEpoch();

  /// The next batch, with inputs dropped. Its arrays are used again for the one after.
  Minibatch draw();

  /// Which rows of the data set the last batch is made of, or began with, in an array of its own.
  int[] rows();
}
