package org.mortal.learning.rule;

import java.util.Arrays;

/// Predicts returns from activities, by a digital linear read-out that learns from temporal differences.
///
/// Each episode has a trace: what its activities were, faded by how long ago. An error corrects all predictions along the
/// trace. The step is normalised, so that it does not depend on how active units are.
///
/// Source: Sutton, Machine Learning 3, 9 (1988): TD(λ) with accumulating traces.
final class Critic {
  private final float[] weights;
  private final float[][] traces;
  private final double fading;
  private final double rate;
  private double overlap;

  /// @param episodes side by side
  /// @param units whose activities are looked at; a constant is added
  /// @param fading of a trace at each step, γλ
  /// @param rate share of an error that a step corrects, about
  Critic(int episodes, int units, double fading, double rate) {
    this.weights = new float[units + 1];
    this.traces = new float[episodes][units + 1];
    this.fading = fading;
    this.rate = rate;
  }

  /// The predicted return.
  double value(float[] activity) {
    return weights[activity.length] + dot(weights, activity);
  }

  /// What the value gains by the activity of a unit.
  float weight(int unit) {
    return weights[unit];
  }

  /// Adds activities to the trace of an episode.
  void remember(int episode, float[] activity) {
    float[] trace = traces[episode];
    for (int j = 0; j < trace.length; j++) {
      trace[j] *= (float) fading;
    }
    for (int j = 0; j < activity.length; j++) {
      trace[j] += activity[j];
    }
    trace[activity.length] += 1;
    overlap += trace[activity.length] + dot(trace, activity);
  }

  /// Lets go of what an episode was.
  void forget(int episode) {
    Arrays.fill(traces[episode], 0);
  }

  /// Corrects values by the errors of the last step, of which all that was remembered since the last call is the beginning.
  ///
  /// @param errors one for each episode
  void learn(double[] errors) {
    double step = rate / overlap;
    for (int n = 0; n < errors.length; n++) {
      float factor = (float) (step * errors[n]);
      for (int j = 0; j < weights.length; j++) {
        weights[j] += factor * traces[n][j];
      }
    }
    overlap = 0;
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int j = 0; j < right.length; j++) {
      sum += left[j] * right[j];
    }
    return sum;
  }
}
