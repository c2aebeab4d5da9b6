package org.mortal.learning.task;

import org.nd4j.linalg.factory.Nd4j;

/// Patterns of which each has one input on, to be told apart behind fewer hidden units than there are inputs: those units
/// have to find a code. With eight patterns and three units it is the 8-3-8 encoder.
///
/// As for [Xor] there is nothing to hold back: train, validation and test are the same. Each pattern is there 128 times, so
/// that a batch averages the noise of reads and an epoch holds several, and an error of 0 says that every pattern was right
/// at each of its reads.
///
/// Source: Ackley, Hinton, Sejnowski, Cognitive Science 9, 147 (1985); Rumelhart, Hinton, Williams, in Parallel Distributed
/// Processing 1, 318 (1986).
public final class Encoder {
  /// What the task `encoder` has.
  public static final int PATTERNS = 8;

  private static final int EXAMPLES = 128 * PATTERNS;

  private Encoder() {}

  /// The task `encoder`.
  ///
  /// @return 1024 rows of 8 features, of which one is 1 and the others are 0; the label is the number of the feature that is
  ///     1, counting up and again from the start; width 8, height 1
  public static Task task() {
    float[][] inputs = new float[EXAMPLES][PATTERNS];
    int[] labels = new int[EXAMPLES];
    for (int n = 0; n < EXAMPLES; n++) {
      labels[n] = n % PATTERNS;
      inputs[n][labels[n]] = 1;
    }
    DataSet all = new DataSet(Nd4j.createFromArray(inputs), labels, PATTERNS);
    return new Task("encoder", all, all, all, PATTERNS, 1);
  }
}
