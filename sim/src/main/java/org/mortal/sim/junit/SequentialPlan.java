package org.mortal.sim.junit;

import java.math.BigDecimal;

/// When to stop asking chips whether at least a share of them passes, and with which verdict.
///
/// A group-sequential test of a proportion with a look after every chip. Were the true share exactly the one claimed, the claim
/// would be shown by chance with a probability of at most `1 - confidence`, and refuted with the same; if fewer chips pass, it
/// is shown more rarely, and if more pass, refuted more rarely. Both probabilities are exact sums over binomial paths, not
/// approximations, and hold although every chip is looked at. Of the error allowed, `(n / chips)^2` may be spent by chip `n`: a
/// clear case stops early, and nearly as much is left for the last chip as a single look at all of them would have (to show at
/// least 95 % with 59 chips, none may fail, which is the bound of Clopper and Pearson).
///
/// Sources: spending an error over looks, Lan and DeMets, Biometrika 70, 659 (1983), its power family, Kim and DeMets,
/// Biometrika 74, 149 (1987); exact bounds for a proportion, Jennison and Turnbull, Group Sequential Methods (2000), chapter 12;
/// one look, Clopper and Pearson, Biometrika 26, 404 (1934).
final class SequentialPlan {

  /// Where a population stands.
  enum Verdict {
    /// More chips may decide.
    OPEN,
    SHOWN,
    REFUTED,
    /// All chips were asked, and neither was found.
    UNDECIDED
  }

  /// Beyond the error allowed, relative: what binary fractions of decimal numbers may be off.
  private static final double ROUNDING = 1 + 1e-9;

  private final double atLeast;
  private final double confidence;
  private final int[] mostFailures;
  private final int[] refutingFailures;

  /// @param atLeast share of chips claimed to pass, between 0 and 1
  /// @param confidence 0.5 to below 1
  /// @param chips most that will be asked
  /// @throws IllegalArgumentException if so few chips cannot show it even if all pass
  SequentialPlan(double atLeast, double confidence, int chips) {
    if (!(atLeast > 0 && atLeast < 1 && confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "a claim is for a share above 0 and up to 1 of the chips, at a confidence from 0.5 to below 1, not %s and %s"
              .formatted(atLeast, confidence));
    }
    this.atLeast = atLeast;
    this.confidence = confidence;
    int fewest = fewestChips();
    if (chips < fewest) {
      throw new IllegalArgumentException(
          "to show that %s takes %d chips that all pass, there are %d: give more seeds, or claim at most %s"
              .formatted(this, fewest, chips, percent(mostShownBy(chips))));
    }
    this.mostFailures = new int[chips + 1];
    this.refutingFailures = new int[chips + 1];
    draw(chips);
  }

  private int fewestChips() {
    return (int) Math.ceil(Math.log(errorAllowed()) / Math.log(atLeast));
  }

  private double errorAllowed() {
    return (1 - confidence) * ROUNDING;
  }

  /// Rounded down to a tenth of a percent, so that it can be claimed.
  private double mostShownBy(int chips) {
    return Math.floor(1000 * Math.pow(1 - confidence, 1.0 / chips)) / 1000;
  }

  /// Draws both bounds, chip by chip. `reached[f]` is the probability that `f` chips failed and nothing was decided so far.
  private void draw(int chips) {
    double[] reached = new double[chips + 2];
    reached[0] = 1;
    double shown = 0;
    double refuted = 0;
    int low = 0;
    int high = 0;
    mostFailures[0] = -1;
    refutingFailures[0] = 1;
    for (int n = 1; n <= chips; n++) {
      high++;
      for (int f = high; f > low; f--) {
        reached[f] = reached[f] * atLeast + reached[f - 1] * (1 - atLeast);
      }
      reached[low] *= atLeast;
      double allowed = errorAllowed() * n / chips * n / chips;
      while (low <= high && shown + reached[low] <= allowed) {
        shown += reached[low];
        reached[low++] = 0;
      }
      while (high >= low && refuted + reached[high] <= allowed) {
        refuted += reached[high];
        reached[high--] = 0;
      }
      mostFailures[n] = low - 1;
      refutingFailures[n] = high + 1;
    }
  }

  /// @param asked chips that passed or failed
  /// @param failures of these
  Verdict verdict(int asked, int failures) {
    if (failures <= mostFailures[asked]) {
      return Verdict.SHOWN;
    }
    if (failures >= refutingFailures[asked]) {
      return Verdict.REFUTED;
    }
    return asked < chips() ? Verdict.OPEN : Verdict.UNDECIDED;
  }

  /// Most chips that are asked.
  int chips() {
    return mostFailures.length - 1;
  }

  /// Most that may fail when all chips were asked.
  int mostFailures() {
    return mostFailures[chips()];
  }

  @Override
  public String toString() {
    return "at least %s of chips pass, with %s confidence"
        .formatted(percent(atLeast), percent(confidence));
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
