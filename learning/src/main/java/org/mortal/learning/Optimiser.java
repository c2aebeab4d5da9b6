package org.mortal.learning;

/// Turns a stream of estimates for a group of numbers into steps.
public final class Optimiser {

  /// The ways there are.
  public enum Kind {
    /// Kingma and Ba, ICLR 2015, with decay 0.9 and 0.99.
    ADAM,
    /// Plain steps against the estimate.
    SGD
  }

  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.99f;
  private static final float LEAST = 1e-8f;

  private final Kind kind;
  private final float[][] first;
  private final float[][] second;
  private long steps;
  private float firstCorrection;
  private float secondCorrection;

  Optimiser(Kind kind, int rows, int columns) {
    this.kind = kind;
    this.first = kind == Kind.ADAM ? new float[rows][columns] : null;
    this.second = kind == Kind.ADAM ? new float[rows][columns] : null;
  }

  /// Begins a step; [#step] is then called once for each row, on any thread.
  void begin() {
    steps++;
    firstCorrection = (float) (1 / (1 - Math.pow(FIRST_DECAY, steps)));
    secondCorrection = (float) (1 / (1 - Math.pow(SECOND_DECAY, steps)));
  }

  /// Adds the step for row `row` to `sums`.
  ///
  /// @param gradient the estimate for that row
  void step(int row, float[] gradient, float rate, float[] sums) {
    switch (kind) {
      case ADAM ->
          adam(gradient, first[row], second[row], rate * firstCorrection, secondCorrection, sums);
      case SGD -> {
        for (int j = 0; j < gradient.length; j++) {
          sums[j] -= rate * gradient[j];
        }
      }
    }
  }

  /// All arrays have the same index: only then can a compiler know that vector instructions are safe.
  private static void adam(
      float[] gradient, float[] first, float[] second, float rate, float correction, float[] sums) {
    for (int j = 0; j < gradient.length; j++) {
      float g = gradient[j];
      float m = FIRST_DECAY * first[j] + (1 - FIRST_DECAY) * g;
      float v = SECOND_DECAY * second[j] + (1 - SECOND_DECAY) * g * g;
      first[j] = m;
      second[j] = v;
      sums[j] -= rate * m / ((float) Math.sqrt(v * correction) + LEAST);
    }
  }
}
