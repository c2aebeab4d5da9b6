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

  /// Answer the question that a sequence ends with: what class belongs to its key now.
  ///
  /// @param moments how a sequence lies in a row
  record Recall(Moments moments) implements Goal {
    @Override
    public String words() {
      return "recall what sequences tell";
    }
  }
}
