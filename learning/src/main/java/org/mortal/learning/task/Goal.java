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

  /// Make inputs that are distributed as those of the data.
  record Patterns() implements Goal {
    @Override
    public String words() {
      return "make patterns";
    }
  }
}
