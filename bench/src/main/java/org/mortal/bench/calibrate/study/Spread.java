package org.mortal.bench.calibrate.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.measure.Quantiles;

/// One figure over many chips.
///
/// @param worst the largest, or the smallest where more is better
public record Spread(double median, double worst) {

  static Spread ofErrors(List<ScoredChip> chips, ToDoubleFunction<ScoredChip> figure) {
    return of(chips, figure, 1);
  }

  static Spread ofShares(List<ScoredChip> chips, ToDoubleFunction<ScoredChip> figure) {
    return of(chips, figure, 0);
  }

  private static Spread of(
      List<ScoredChip> chips, ToDoubleFunction<ScoredChip> figure, double worst) {
    double[] values = chips.stream().mapToDouble(figure).toArray();
    return new Spread(Quantiles.of(values, 0.5), Quantiles.of(values, worst));
  }
}
