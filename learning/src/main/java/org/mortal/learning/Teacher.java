package org.mortal.learning;

/// Has its own say in what is learned of a batch: other targets than its labels give, other inputs than those dropped.
@FunctionalInterface
public interface Teacher {
  /// Leaves batches as they are.
  Teacher NONE = (batch, _) -> batch;

  /// The batch as it is to be learned.
  ///
  /// @param rows of its examples in the training set
  Minibatch teach(Minibatch batch, int[] rows);
}
