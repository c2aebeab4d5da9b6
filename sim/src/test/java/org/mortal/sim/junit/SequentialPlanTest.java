package org.mortal.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.kernel.Philox;
import org.mortal.sim.junit.SequentialPlan.Verdict;

class SequentialPlanTest {
  private static final int STREAMS = 10_000;

  /// Shares of verdicts over many populations, and how many chips they took on average.
  private record Rates(double shown, double refuted, double chips) {
    static Rates of(SequentialPlan plan, double passing, long key) {
      Philox random = new Philox(key);
      int shown = 0;
      int refuted = 0;
      long chips = 0;
      for (int s = 0; s < STREAMS; s++) {
        Verdict verdict = Verdict.OPEN;
        int asked = 0;
        for (int failures = 0; verdict == Verdict.OPEN; verdict = plan.verdict(asked, failures)) {
          asked++;
          failures += random.nextDouble() < passing ? 0 : 1;
        }
        shown += verdict == Verdict.SHOWN ? 1 : 0;
        refuted += verdict == Verdict.REFUTED ? 1 : 0;
        chips += asked;
      }
      return new Rates(
          (double) shown / STREAMS, (double) refuted / STREAMS, (double) chips / STREAMS);
    }
  }

  /// What a rate may exceed its limit by, at 4 standard deviations.
  private static double above(double limit) {
    return limit + 4 * Math.sqrt(limit * (1 - limit) / STREAMS);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.95, 50",
    "0.9, 0.95, 200",
    "0.95, 0.95, 59",
    "0.95, 0.95, 100",
    "0.99, 0.9, 300",
    "0.8, 0.99, 50",
    "0.5, 0.5, 10"
  })
  void bothErrorsKeepTheirLimits(double atLeast, double confidence, int chips) {
    SequentialPlan plan = new SequentialPlan(atLeast, confidence, chips);
    double limit = above(1 - confidence);
    Rates onTheBorder = Rates.of(plan, atLeast, 1);
    assertTrue(onTheBorder.shown() <= limit, onTheBorder + " where as many pass as claimed");
    assertTrue(onTheBorder.refuted() <= limit, onTheBorder + " where as many pass as claimed");
    // Not by being so careful that it says nothing: a good part of what is allowed is used.
    assertTrue(onTheBorder.shown() >= 0.5 * (1 - confidence), onTheBorder.toString());
    assertTrue(onTheBorder.refuted() >= 0.5 * (1 - confidence), onTheBorder.toString());
    Rates worse = Rates.of(plan, atLeast - 0.3 * (1 - atLeast), 2);
    assertTrue(worse.shown() < onTheBorder.shown(), worse + " where fewer pass");
    Rates better = Rates.of(plan, atLeast + 0.3 * (1 - atLeast), 3);
    assertTrue(better.refuted() < onTheBorder.refuted(), better + " where more pass");
  }

  /// The figures that `ChipTest` states.
  @Test
  void fiftyChipsShowNineInTen() {
    SequentialPlan plan = new SequentialPlan(0.9, 0.95, 50);
    assertEquals(Verdict.OPEN, plan.verdict(35, 0));
    assertEquals(Verdict.SHOWN, plan.verdict(36, 0));
    assertEquals(Verdict.OPEN, plan.verdict(48, 1));
    assertEquals(Verdict.SHOWN, plan.verdict(49, 1));
    assertEquals(Verdict.UNDECIDED, plan.verdict(50, 2));
    assertEquals(1, plan.mostFailures());
    assertEquals(0.92, Rates.of(plan, 0.99, 4).shown(), 0.01);
    assertEquals(0.58, Rates.of(plan, 0.97, 5).shown(), 0.015);
  }

  @Test
  void clearCasesStopEarly() {
    SequentialPlan plan = new SequentialPlan(0.9, 0.95, 50);
    assertEquals(Verdict.OPEN, plan.verdict(0, 0));
    assertEquals(Verdict.REFUTED, plan.verdict(4, 4));
    Rates half = Rates.of(plan, 0.5, 6);
    assertEquals(1, half.refuted());
    assertTrue(half.chips() < 12, half.toString());
    assertTrue(Rates.of(plan, 0.9, 7).chips() > 45, "an unclear case takes nearly all");
  }

  /// Looking after every chip must not show what a single look at as many chips would not.
  @ParameterizedTest
  @CsvSource({"0.9, 0.95, 50", "0.95, 0.95, 59", "0.95, 0.95, 400", "0.8, 0.99, 100"})
  void neverBolderThanClopperAndPearson(double atLeast, double confidence, int chips) {
    SequentialPlan plan = new SequentialPlan(atLeast, confidence, chips);
    for (int n = 1; n <= chips; n++) {
      for (int f = 0; f <= n; f++) {
        if (plan.verdict(n, f) == Verdict.SHOWN) {
          double lower =
              new BetaDistribution(n - f, f + 1).inverseCumulativeProbability(1 - confidence);
          assertTrue(lower >= atLeast - 1e-6, "%d of %d failed: %s".formatted(f, n, lower));
        }
      }
    }
  }

  /// What the looks cost: at the last chip, at most one failure less than a single look allows.
  @ParameterizedTest
  @CsvSource({"0.9, 50", "0.9, 100", "0.95, 100", "0.95, 200", "0.8, 50"})
  void nearlyAsBoldAsASingleLook(double atLeast, int chips) {
    BinomialDistribution failures = new BinomialDistribution(chips, 1 - atLeast);
    int single = -1;
    while (failures.cumulativeProbability(single + 1) <= 0.05) {
      single++;
    }
    int most = new SequentialPlan(atLeast, 0.95, chips).mostFailures();
    assertTrue(most == single || most == single - 1, most + " beside " + single);
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.95, 29", "0.95, 0.95, 59", "0.99, 0.95, 299", "0.1, 0.9, 1", "0.5, 0.5, 1"})
  void fewestChips(double atLeast, double confidence, int fewest) {
    SequentialPlan plan = new SequentialPlan(atLeast, confidence, fewest);
    assertEquals(Verdict.SHOWN, plan.verdict(fewest, 0));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SequentialPlan(atLeast, confidence, fewest - 1));
    assertTrue(e.getMessage().contains("takes %d chips".formatted(fewest)), e.getMessage());
  }

  @Test
  void whatIsOfferedInsteadCanBeShown() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new SequentialPlan(0.95, 0.95, 50));
    assertEquals(
        "to show that at least 95 % of chips pass, with 95 % confidence takes 59 chips that all"
            + " pass, there are 50: give more seeds, or claim at most 94.1 %",
        e.getMessage());
    assertEquals(Verdict.SHOWN, new SequentialPlan(0.941, 0.95, 50).verdict(50, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.95", "1, 0.95", "NaN, 0.95", "0.9, 0.4", "0.9, 1", "0.9, NaN", "1.5, 0.95"})
  void claimsThatMakeNoSense(double atLeast, double confidence) {
    assertThrows(
        IllegalArgumentException.class, () -> new SequentialPlan(atLeast, confidence, 1000));
  }
}
