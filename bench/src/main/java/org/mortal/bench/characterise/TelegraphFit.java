package org.mortal.bench.characterise;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/// Telegraph noise in a series of readings: two levels under Gaussian noise, and a memory of which of them it is at.
///
/// A hidden Markov model of two states is fitted by expectation and maximisation (Rabiner, Proceedings of the IEEE 77, 257
/// (1989)) and believed if its likelihood beats that of one level by the Bayesian information criterion with room to spare.
///
/// @param low the lower level
/// @param high the upper level
/// @param sigma of the noise around either
/// @param up chance to go up from one reading to the next
/// @param down chance to go down
/// @param found whether there are two levels
public record TelegraphFit(
    double low, double high, double sigma, double up, double down, boolean found) {
  private static final int ROUNDS = 40;

  /// Of the logarithm of the likelihood: what is less is not worth another round.
  private static final double LEAST_GAIN = 1e-4;

  private static final int LEAST_READINGS = 32;

  /// Parameters of two levels beyond those of one: a level and two chances.
  private static final int MORE_PARAMETERS = 3;

  /// By how much more than the criterion asks for, so that no white noise is taken for two levels.
  private static final double MARGIN = 10;

  /// White noise of a coarse converter has two levels too, but forgets at once which.
  private static final double MOST_CHANCE = 0.8;

  private static final double LEAST_CHANCE = 1e-6;

  double amplitude() {
    return high - low;
  }

  /// Fits a series of readings, as they came.
  public static TelegraphFit of(double[] series) {
    if (series.length < LEAST_READINGS) {
      return none(series);
    }
    double least = leastSigma(series);
    double deviation = Math.sqrt(StatUtils.variance(series));
    if (!(deviation > 0)) {
      return none(series);
    }
    double mean = StatUtils.mean(series);
    Model model =
        new Model(
            new double[] {mean - deviation, mean + deviation},
            Math.max(least, deviation / 2),
            new double[] {0.1, 0.1});
    double likelihood = Double.NEGATIVE_INFINITY;
    Pass pass = new Pass(series);
    double gained = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS && gained > LEAST_GAIN; round++) {
      double now = pass.run(model);
      gained = now - likelihood;
      likelihood = now;
      model = pass.improved(least);
    }
    double single = Math.max(least, deviation);
    double alone = 0;
    for (double one : series) {
      alone += logDensity(one - mean, single);
    }
    double gain = 2 * (likelihood - alone);
    boolean found =
        gain > MORE_PARAMETERS * Math.log(series.length) + MARGIN
            && model.leave[0] + model.leave[1] < MOST_CHANCE;
    int low = model.levels[0] <= model.levels[1] ? 0 : 1;
    return new TelegraphFit(
        model.levels[low],
        model.levels[1 - low],
        model.sigma,
        model.leave[low],
        model.leave[1 - low],
        found);
  }

  private static TelegraphFit none(double[] series) {
    double mean = StatUtils.mean(series);
    double sigma = Math.sqrt(StatUtils.variance(series));
    return new TelegraphFit(mean, mean, sigma, 0, 0, false);
  }

  /// What rounding to the smallest step seen leaves.
  private static double leastSigma(double[] series) {
    double[] sorted = series.clone();
    Arrays.sort(sorted);
    double range = sorted[sorted.length - 1] - sorted[0];
    double step = range;
    for (int i = 1; i < sorted.length; i++) {
      double gap = sorted[i] - sorted[i - 1];
      // What is closer is rounding of sums.
      if (gap > 1e-4 * range) {
        step = Math.min(step, gap);
      }
    }
    return step / Math.sqrt(12);
  }

  private static double logDensity(double distance, double sigma) {
    double z = distance / sigma;
    return -z * z / 2 - Math.log(sigma * Math.sqrt(2 * Math.PI));
  }

  /// @param leave chance to leave each state
  private record Model(double[] levels, double sigma, double[] leave) {}

  /// One round: how likely each state is at each reading.
  private static final class Pass {
    private final double[] series;
    private final double[][] forward;
    private final double[][] state;
    private final double[][] density;
    private final double[] moves = new double[2];

    Pass(double[] series) {
      this.series = series;
      this.forward = new double[series.length][2];
      this.state = new double[series.length][2];
      this.density = new double[series.length][2];
    }

    /// @return the logarithm of the likelihood
    double run(Model model) {
      double sum = forward(model);
      backward(model);
      return sum;
    }

    private double forward(Model model) {
      double sum = 0;
      double leaving = model.leave[0] + model.leave[1];
      double[] before = {model.leave[1] / leaving, model.leave[0] / leaving};
      for (int n = 0; n < series.length; n++) {
        double[] logs = {
          logDensity(series[n] - model.levels[0], model.sigma),
          logDensity(series[n] - model.levels[1], model.sigma)
        };
        double most = Math.max(logs[0], logs[1]);
        double total = 0;
        for (int s = 0; s < 2; s++) {
          density[n][s] = Math.exp(logs[s] - most);
          double come =
              n == 0
                  ? before[s]
                  : before[s] * (1 - model.leave[s]) + before[1 - s] * model.leave[1 - s];
          forward[n][s] = come * density[n][s];
          total += forward[n][s];
        }
        forward[n][0] /= total;
        forward[n][1] /= total;
        sum += Math.log(total) + most;
        before = forward[n];
      }
      return sum;
    }

    private void backward(Model model) {
      Arrays.fill(moves, 0);
      double[] later = {1, 1};
      state[series.length - 1] = forward[series.length - 1].clone();
      for (int n = series.length - 2; n >= 0; n--) {
        double[] seen = {later[0] * density[n + 1][0], later[1] * density[n + 1][1]};
        double[] now = new double[2];
        for (int s = 0; s < 2; s++) {
          now[s] = (1 - model.leave[s]) * seen[s] + model.leave[s] * seen[1 - s];
        }
        double total = forward[n][0] * now[0] + forward[n][1] * now[1];
        for (int s = 0; s < 2; s++) {
          state[n][s] = forward[n][s] * now[s] / total;
          moves[s] += forward[n][s] * model.leave[s] * seen[1 - s] / total;
        }
        double norm = now[0] + now[1];
        later = new double[] {now[0] / norm, now[1] / norm};
      }
    }

    Model improved(double leastSigma) {
      double[] weight = new double[2];
      double[] staying = new double[2];
      double[] level = new double[2];
      for (int n = 0; n < series.length; n++) {
        for (int s = 0; s < 2; s++) {
          weight[s] += state[n][s];
          staying[s] += n < series.length - 1 ? state[n][s] : 0;
          level[s] += state[n][s] * series[n];
        }
      }
      double squares = 0;
      for (int s = 0; s < 2; s++) {
        level[s] /= Math.max(Double.MIN_NORMAL, weight[s]);
      }
      for (int n = 0; n < series.length; n++) {
        for (int s = 0; s < 2; s++) {
          double distance = series[n] - level[s];
          squares += state[n][s] * distance * distance;
        }
      }
      double sigma = Math.max(leastSigma, Math.sqrt(squares / series.length));
      return new Model(level, sigma, new double[] {chance(0, staying), chance(1, staying)});
    }

    private double chance(int s, double[] staying) {
      double chance = moves[s] / Math.max(Double.MIN_NORMAL, staying[s]);
      return Math.clamp(chance, LEAST_CHANCE, 1 - LEAST_CHANCE);
    }
  }
}
