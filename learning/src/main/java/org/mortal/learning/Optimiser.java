package org.mortal.learning;

import java.util.Locale;

/// Turns a stream of estimates for a group of numbers into steps.
public final class Optimiser {

  /// The ways there are.
  public enum Kind {
    /// Kingma and Ba, ICLR 2015, with decay 0.9 and 0.99.
    ADAM,
    /// Plain steps against the estimate.
    SGD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.99f;
  private static final float LEAST = 1e-8f;

  private final Kind kind;
  private final float[] first;
  private final float[] second;
  private long steps;
  private float firstCorrection;
  private float secondCorrection;

  Optimiser(Kind kind, int size) {
    this.kind = kind;
    this.first = kind == Kind.ADAM ? new float[size] : null;
    this.second = kind == Kind.ADAM ? new float[size] : null;
  }

  /// Begins a step; [#step] is then called once for each part of the group, on any thread.
  void begin() {
    steps++;
    firstCorrection = (float) (1 / (1 - Math.pow(FIRST_DECAY, steps)));
    secondCorrection = (float) (1 / (1 - Math.pow(SECOND_DECAY, steps)));
  }

  /// Adds the step for numbers `from` to `from + count - 1` to `sums`, at the same places.
  ///
  /// @param gradient its first `count` entries are the estimate
  void step(float[] gradient, float rate, int from, int count, float[] sums) {
    if (kind == Kind.SGD) {
      for (int i = 0; i < count; i++) {
        sums[from + i] -= rate * gradient[i];
      }
      return;
    }
    float scale = rate * firstCorrection;
    float correction = secondCorrection;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = FIRST_DECAY * first[from + i] + (1 - FIRST_DECAY) * g;
      float v = SECOND_DECAY * second[from + i] + (1 - SECOND_DECAY) * g * g;
      first[from + i] = m;
      second[from + i] = v;
      sums[from + i] -= scale * m / ((float) Math.sqrt(v * correction) + LEAST);
    }
  }
}
