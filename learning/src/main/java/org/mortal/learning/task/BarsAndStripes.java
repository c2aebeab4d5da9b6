package org.mortal.learning.task;

import org.nd4j.linalg.factory.Nd4j;

/// Pictures whose rows are each all on or all off, and pictures whose columns are: to be made, not to be told apart.
///
/// There is nothing to hold back, as for [Xor]. Patterns are there many times over: a network is judged by as many of
/// its own as a set has examples, so that the test is exact to a few thousandths of a nat.
///
/// Source: MacKay, Information Theory, Inference, and Learning Algorithms, Cambridge (2003), chapter 43.
public final class BarsAndStripes {
  private static final int TRAINED = 300;
  private static final int VALIDATED = 50;
  private static final int TESTED = 7_000;

  private BarsAndStripes() {}

  /// The task `bars-and-stripes`.
  ///
  /// @return 30 pictures of 4 x 4: label 0 where rows are alike within, 1 where columns are; nothing and everything are both
  public static Task task() {
    return task(4);
  }

  /// The same of another size.
  ///
  /// @param side of the pictures, 2 or more: there are `2^(side + 1) - 2` of them
  public static Task task(int side) {
    return new Task(
        "bars-and-stripes",
        examples(side, TRAINED),
        examples(side, VALIDATED),
        examples(side, TESTED),
        new Picture(side, side),
        new Goal.Patterns());
  }

  private static DataSet examples(int side, int times) {
    int lines = 1 << side;
    int patterns = 2 * lines - 2;
    float[][] inputs = new float[times * patterns][];
    int[] labels = new int[inputs.length];
    int[] seconds = new int[inputs.length];
    for (int n = 0; n < inputs.length; n++) {
      int pattern = n % patterns;
      // Columns neither all off nor all on, which rows are already.
      labels[n] = pattern < lines ? 0 : 1;
      int on = pattern < lines ? pattern : pattern - lines + 1;
      inputs[n] = picture(side, on, labels[n] == 0);
      seconds[n] = on == 0 || on == lines - 1 ? 1 : labels[n];
    }
    return new DataSet(Nd4j.createFromArray(inputs), labels, seconds, 2);
  }

  /// @param on a bit for each row or column
  private static float[] picture(int side, int on, boolean rows) {
    float[] pixels = new float[side * side];
    for (int p = 0; p < pixels.length; p++) {
      int line = rows ? p / side : p % side;
      pixels[p] = on >> line & 1;
    }
    return pixels;
  }
}
