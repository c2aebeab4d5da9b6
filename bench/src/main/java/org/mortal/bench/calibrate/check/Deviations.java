package org.mortal.bench.calibrate.check;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.mortal.bench.selftest.Check;

/// What was calibrated against what is seen now, in standard errors of both together.
///
/// A sound quantity fails in one check of a thousand: half of that is given to its worst value (by Bonferroni's bound), half
/// to the sum of all squares, which sees what is a little off everywhere. Stated errors are estimates themselves, and may be too
/// small by a tenth.
final class Deviations {
  private static final double FALSE_ALARMS = 1e-3;

  private static final double TOLERANCE = 1.1;

  private final String name;
  private final int array;
  private int count;
  private double squares;
  private double worst;
  private Object where = "";

  Deviations(String name, int array) {
    this.name = name;
    this.array = array;
  }

  /// @param standardErrors seen less calibrated
  /// @param place it is of
  void add(double standardErrors, Object place) {
    count++;
    squares += standardErrors * standardErrors;
    // Written so that what is no number is the worst.
    if (!(Math.abs(standardErrors) <= worst)) {
      worst = Math.abs(standardErrors);
      where = place;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Passes if neither the worst nor all together are beyond chance. The value is the worst, or as much as all together
  /// come to beside their own limit, whichever is more. Where nothing was added, nothing speaks against it.
  Check check() {
    if (count == 0) {
      return new Check(name, array, true, 0, 0, "nothing that could tell");
    }
    double each = FALSE_ALARMS / 2 / count;
    double mostEach =
        TOLERANCE * new NormalDistribution().inverseCumulativeProbability(1 - each / 2);
    double level = 1 - FALSE_ALARMS / 2;
    double mostMean =
        TOLERANCE
            * Math.sqrt(
                new ChiSquaredDistribution(count).inverseCumulativeProbability(level) / count);
    double mean = Math.sqrt(squares / count);
    double value = Math.max(worst, mostEach * mean / mostMean);
    String detail =
        "%.1f standard errors at %s, %.2f root mean square of %d, at most %.1f and %.2f"
            .formatted(worst, where, mean, count, mostEach, mostMean);
    return new Check(name, array, value <= mostEach, value, mostEach, detail);
  }
}
