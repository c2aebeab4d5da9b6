package org.mortal.learning.task;

import java.util.SplittableRandom;

/// Something to learn: three data sets of one kind.
///
/// The rule is the usual one: learn from `train`, choose settings and stop by `validation`, and
/// look at `test` once, at the end.
///
/// @param name what the task is called, as in [Tasks#names()]
/// @param train the examples to learn from
/// @param validation the examples to choose by
/// @param test the examples that give the reported error
/// @param picture how inputs lie in a picture
/// @param goal what is asked for
public record Task(
    String name, DataSet train, DataSet validation, DataSet test, Picture picture, Goal goal) {

  /// One that asks for labels, with the picture's sizes: see [Picture].
  public Task(String name, DataSet train, DataSet validation, DataSet test, int width, int height) {
    this(name, train, validation, test, new Picture(width, height), new Goal.Labels());
  }

  /// Checks that the three sets fit each other and the picture size.
  ///
  /// @throws DataException if features or classes differ, or `width * height` is not the number of
  ///     features
  public Task {
    requireAlike(name, "validation", train, validation);
    requireAlike(name, "test", train, test);
    int width = picture.width();
    int height = picture.height();
    if (width < 1 || height < 1 || (long) width * height != train.features()) {
      throw new DataException(
          "task %s: a picture of %d x %d does not hold the %d features of a row: mend the size"
              .formatted(name, width, height, train.features()));
    }
  }

  /// How many inputs an example has.
  ///
  /// @return the number of features, the same in all three sets
  public int features() {
    return train.features();
  }

  /// How many inputs a network sees at a time: all of an example, or a key of its sequence.
  public int inputs() {
    return switch (goal) {
      case Goal.Labels(), Goal.Patterns(), Goal.Control(_) -> features();
      case Goal.Recall(var layout) -> layout.inputs();
    };
  }

  /// How many classes there are to tell apart.
  ///
  /// @return the number of classes, the same in all three sets
  public int classes() {
    return train.classes();
  }

  /// The same with wrong labels among those that are learned from; validation and test stay right.
  ///
  /// Source: Rolnick, Veit, Belongie, Shavit, arXiv 1705.10694 (2017).
  ///
  /// @param share of the training examples that get a wrong label, from 0 to 1
  /// @param seed what they are drawn from
  public Task withWrongLabels(double share, long seed) {
    return withParts(train.withWrongLabels(share, new SplittableRandom(seed)), validation, test);
  }

  /// The same with other examples of its kind.
  public Task withParts(DataSet otherTrain, DataSet otherValidation, DataSet otherTest) {
    return new Task(name, otherTrain, otherValidation, otherTest, picture, goal);
  }

  private static void requireAlike(String name, String part, DataSet train, DataSet other) {
    if (other.features() != train.features() || other.classes() != train.classes()) {
      throw new DataException(
          "task %s: %s has %d features and %d classes but train has %d and %d: all parts must agree"
              .formatted(
                  name,
                  part,
                  other.features(),
                  other.classes(),
                  train.features(),
                  train.classes()));
    }
  }
}
