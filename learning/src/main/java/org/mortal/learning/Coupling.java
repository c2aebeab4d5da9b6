package org.mortal.learning;

/// How the activity of one layer becomes the input of the next, which hardware wants between 0 and 1.
public sealed interface Coupling {

  /// Writes the inputs that belong to one row of activities.
  void couple(float[] hidden, float[] next);

  /// The activities themselves, for exact software that has no limit to its inputs.
  record Identity() implements Coupling {
    @Override
    public void couple(float[] hidden, float[] next) {
      System.arraycopy(hidden, 0, next, 0, hidden.length);
    }
  }

  /// Each activity divided by `range`, the rest cut off.
  record Scaled(double range) implements Coupling {
    @Override
    public void couple(float[] hidden, float[] next) {
      float factor = (float) (1 / range);
      for (int j = 0; j < hidden.length; j++) {
        next[j] = Math.min(hidden[j] * factor, 1f);
      }
    }
  }

  /// Activities divided by their root mean square times `range`, the rest cut off: how active a layer is, the next one
  /// does not see.
  record Normalised(double range) implements Coupling {
    /// Keeps a silent row silent.
    private static final float LEAST = 1e-6f;

    @Override
    public void couple(float[] hidden, float[] next) {
      double squares = 0;
      for (float activity : hidden) {
        squares += activity * activity;
      }
      float rms = (float) Math.sqrt(squares / hidden.length) + LEAST;
      float factor = (float) (1 / range) / rms;
      for (int j = 0; j < hidden.length; j++) {
        next[j] = Math.min(hidden[j] * factor, 1f);
      }
    }
  }
}
