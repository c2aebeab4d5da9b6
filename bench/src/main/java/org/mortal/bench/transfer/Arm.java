package org.mortal.bench.transfer;

import java.util.List;
import java.util.Locale;
import org.mortal.bench.measure.Quantiles;

/// Networks that learned the same task in one way.
///
/// @param way how
/// @param errors test error of each
/// @param validationErrors of each
/// @param ensemble test error of the mean of their probabilities
/// @param queries vectors sent through the tiles of each
/// @param bits that each sent to the others, 32 for a number
public record Arm(
    Way way,
    List<Double> errors,
    List<Double> validationErrors,
    double ensemble,
    long queries,
    long bits) {

  /// How networks learn beside each other.
  public enum Way {
    /// Each by itself.
    ALONE,
    /// Each also from what the others answer.
    MUTUAL,
    /// Exact copies of one network, on the same examples in orders of their own, that take the mean of their weights after
    /// each epoch.
    AVERAGED;

    /// The name in reports.
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public double median() {
    return Quantiles.of(errors.stream().mapToDouble(one -> one).toArray(), 0.5);
  }

  public double worst() {
    return errors.stream().mapToDouble(one -> one).max().orElseThrow();
  }
}
