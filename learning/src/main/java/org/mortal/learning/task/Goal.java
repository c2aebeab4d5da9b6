package org.mortal.learning.task;

/// What a task asks for, and so what an answer is judged by.
public sealed interface Goal {

  /// In words, to end "rule R does not learn to ...".
  String words();

  /// Say what class an input is of.
  record Labels() implements Goal {
    @Override
    public String words() {
      return "name classes";
    }
  }

  /// Act, so that rewards add up to much. Data sets hold the observations that episodes start with; classes are the actions.
  ///
  /// @param environment to act in
  record Control(Environment environment) implements Goal {
    @Override
    public String words() {
      return "act in an environment";
    }
  }

  /// Answer the question that a sequence ends with: what class belongs to its key now.
  ///
  /// @param layout how a sequence lies in a row
  record Recall(SequenceLayout layout) implements Goal {
    @Override
    public String words() {
      return "recall what sequences tell";
    }
  }

  /// Make inputs that are distributed as those of the data.
  record Patterns() implements Goal {
    @Override
    public String words() {
      return "make patterns";
    }
  }
}
