package org.mortal.sim.device;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Steps as measured: their mean and standard deviation at some levels, on straight lines between them and constant beyond.
///
/// All lists are as long as `levels`.
///
/// Source: measurements, usually one's own; "jump tables" in Burr and others, IEEE Transactions on Electron Devices
/// 62, 3498 (2015).
///
/// @param levels where steps were measured, rising
/// @param setMeans mean step of a SET pulse in levels
/// @param resetMeans mean step of a RESET pulse in levels, positive where it lowers the level
/// @param setDeviations standard deviation of a SET pulse's step in levels
/// @param resetDeviations the same of a RESET pulse
public record Piecewise(
    List<Double> levels,
    List<Double> setMeans,
    List<Double> resetMeans,
    List<Double> setDeviations,
    List<Double> resetDeviations)
    implements UpdateLaw {
  public Piecewise {
    levels = List.copyOf(Objects.requireNonNull(levels, "levels is missing"));
    setMeans = measured("setMeans", setMeans, levels.size());
    resetMeans = measured("resetMeans", resetMeans, levels.size());
    setDeviations = measured("setDeviations", setDeviations, levels.size());
    resetDeviations = measured("resetDeviations", resetDeviations, levels.size());
    if (levels.size() < 2) {
      throw new IllegalArgumentException("levels must name two levels at least, not " + levels);
    }
    for (int k = 1; k < levels.size(); k++) {
      if (!(levels.get(k) > levels.get(k - 1))) {
        throw new IllegalArgumentException("levels must rise, not " + levels);
      }
    }
    setDeviations.forEach(value -> Numbers.requireNotNegative("setDeviations", value));
    resetDeviations.forEach(value -> Numbers.requireNotNegative("resetDeviations", value));
    Numbers.requirePositive("the mean of setMeans", mean(setMeans));
    Numbers.requirePositive("the mean of resetMeans", mean(resetMeans));
  }

  private static List<Double> measured(String name, List<Double> values, int count) {
    Objects.requireNonNull(values, () -> name + " is missing");
    if (values.size() != count) {
      throw new IllegalArgumentException(
          "%s has %d values where levels has %d".formatted(name, values.size(), count));
    }
    values.forEach(value -> Numbers.requireFinite(name, value));
    return List.copyOf(values);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /// Mean over the nodes.
  @Override
  public double setStep() {
    return mean(setMeans);
  }

  /// Mean over the nodes.
  @Override
  public double resetStep() {
    return mean(resetMeans);
  }

  /// The largest deviation at a node, in levels.
  @Override
  public double cycleNoise() {
    return Math.max(
        setDeviations.stream().max(Double::compare).orElseThrow(),
        resetDeviations.stream().max(Double::compare).orElseThrow());
  }

  @Override
  public PulseStep set() {
    return pulse(1, doubles(setMeans), doubles(setDeviations));
  }

  @Override
  public PulseStep reset() {
    return pulse(-1, doubles(resetMeans), doubles(resetDeviations));
  }

  private PulseStep pulse(int sign, double[] means, double[] deviations) {
    double[] nodes = doubles(levels);
    int last = nodes.length - 1;
    return (level, low, high, strength, normal) -> {
      double held = Math.clamp(level, nodes[0], nodes[last]);
      int found = Arrays.binarySearch(nodes, held);
      int k = Math.min(found >= 0 ? found : -found - 2, last - 1);
      double way = (held - nodes[k]) / (nodes[k + 1] - nodes[k]);
      double mean = means[k] + way * (means[k + 1] - means[k]);
      double deviation = deviations[k] + way * (deviations[k + 1] - deviations[k]);
      return level + sign * strength * (mean + deviation * normal);
    };
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
