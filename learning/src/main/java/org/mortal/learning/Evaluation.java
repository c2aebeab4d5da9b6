package org.mortal.learning;

import java.util.Map;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Task;

/// Judges what a network can do, by what its task asks for.
public interface Evaluation {

  /// How well a data set is mastered.
  ///
  /// @param error from 0 to 1: what is compared, and chosen by
  /// @param figures what else there is to tell, by name, the unit in it
  record Score(double error, Map<String, Double> figures) {}

  /// How well `data` is mastered.
  Score score(DataSet data);

  /// The same as one number.
  default double error(DataSet data) {
    return score(data).error();
  }

  /// That of a network alone.
  ///
  /// @param reads pictures that an answer is the mean of, see [Recipe#testReads]
  static Evaluation of(LearningRule rule, Network network, Task task, int reads) {
    return switch (task.goal()) {
      case Goal.Labels(), Goal.Recall(_) ->
          new LabelEvaluation(inputs -> rule.predict(network, inputs), task.picture(), reads);
      case Goal.Control(var environment) ->
          new ControlEvaluation(inputs -> rule.predict(network, inputs), environment);
      case Goal.Patterns() when rule instanceof Sampler sampler ->
          new PatternEvaluation(sampler, network);
      case Goal.Patterns() ->
          throw new LearningException("rule %s makes no patterns".formatted(rule.name()));
    };
  }
}
