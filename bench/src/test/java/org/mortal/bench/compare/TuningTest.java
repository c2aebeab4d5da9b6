package org.mortal.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mortal.bench.compare.Tuning.Place;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.TrainingJob;
import org.mortal.learning.Dropout;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;

/// What [Tuning] tries, and where.
class TuningTest {
  private static ComparisonJob job(String... more) {
    Map<String, String> options =
        new TreeMap<>(
            Map.of(
                "--task", "xor",
                "--rules", "spsa,local-cross-entropy",
                "--chips", "sim:hfox?seed=1..3",
                "--slope", "table",
                "--seed", "7",
                "--epochs", "2"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return ComparisonJob.of(options);
  }

  @Test
  void theFirstTrialIsTheRulesOwnRecipe() {
    ComparisonJob job = job("--tune", "4");
    for (TrainingJob rule : job.jobs()) {
      assertEquals(rule.recipe(), job.tuning().trial(rule, new Place(0, 0)).recipe());
    }
  }

  @Test
  void everyRuleIsTriedWithTheSameDraws() {
    ComparisonJob job = job("--tune", "9");
    Set<Double> factors = new HashSet<>();
    for (int number = 1; number < 9; number++) {
      Recipe own = job.jobs().get(0).recipe();
      Recipe trial = job.tuning().trial(job.jobs().get(0), new Place(number, 0)).recipe();
      Recipe otherOwn = job.jobs().get(1).recipe();
      Recipe other = job.tuning().trial(job.jobs().get(1), new Place(number, 0)).recipe();
      double factor = trial.rate() / own.rate();
      assertEquals(factor, other.rate() / otherOwn.rate(), 1e-12);
      assertEquals(
          trial.headRate() / own.headRate(), other.headRate() / otherOwn.headRate(), 1e-12);
      assertEquals(trial.dropout(), other.dropout());
      assertEquals(trial.smoothing(), other.smoothing());
      assertTrue(factor >= 0.25 && factor <= 4, factor + " is out of range");
      assertTrue(trial.smoothing() >= 0 && trial.smoothing() < 0.2);
      assertTrue(Tuning.DROPOUTS.contains(trial.dropout()));
      assertEquals(own.batch(), trial.batch());
      factors.add(factor);
    }
    assertEquals(8, factors.size());
  }

  @Test
  void whatTheCallFixesIsNotDrawn() {
    ComparisonJob job = job("--tune", "3", "--rate", "0.01", "--dropout", "0.25,0.5");
    Recipe trial = job.tuning().trial(job.jobs().getFirst(), new Place(2, 0)).recipe();
    assertEquals(0.01, trial.rate());
    assertEquals(new Dropout(0.25, 0.5), trial.dropout());
    assertNotEquals(job.jobs().getFirst().recipe().smoothing(), trial.smoothing());
  }

  @Test
  void trialsRunWhereNothingIsCompared() {
    ComparisonJob job = job("--tune", "1", "--tune-epochs", "1");
    TrainingJob trial = job.tuning().trial(job.jobs().getFirst(), new Place(0, 0));
    assertEquals("sim:hfox?seed=1000", trial.chip());
    assertEquals(new Budget.Epochs(1), trial.budget());
    for (int chip = 0; chip < 3; chip++) {
      TrainingJob compared = job.on(job.jobs().getFirst(), chip);
      assertNotEquals(trial.chip(), compared.chip());
      assertNotEquals(trial.seed(), compared.seed());
      assertEquals(7 + chip, compared.seed());
      assertEquals(new Budget.Epochs(2), compared.budget());
    }
  }

  @Test
  void everyTrialRunsOnSeveralChipsWithTheSameSettings() {
    ComparisonJob job = job("--tune", "3");
    assertEquals(
        List.of("sim:hfox?seed=1000", "sim:hfox?seed=1001", "sim:hfox?seed=1002"),
        job.tuning().chips());
    TrainingJob rule = job.jobs().getFirst();
    TrainingJob one = job.tuning().trial(rule, new Place(2, 0));
    TrainingJob other = job.tuning().trial(rule, new Place(2, 2));
    assertEquals(one.recipe(), other.recipe());
    assertEquals("sim:hfox?seed=1002", other.chip());
    assertEquals(one.seed() + 2, other.seed());
  }

  @Test
  void chipsToTuneOnMayBeNamed() {
    assertEquals(
        List.of("sim:hfox?seed=8", "sim:hfox?seed=9"),
        job("--tune", "1", "--tune-chips", "sim:hfox?seed=8..9").tuning().chips());
  }

  @Test
  void aTrialIsJudgedByTheMeanOverItsChips() {
    Trial mean =
        Trial.mean(List.of(trial("sim:a?seed=1", 0.02, 10), trial("sim:a?seed=2", 0.04, 20)));
    assertEquals(0.03, mean.validationError(), 1e-15);
    assertEquals(30, mean.seconds());
    assertEquals("sim:a?seed=1 sim:a?seed=2", mean.chip());
  }

  private static Trial trial(String chip, double error, double seconds) {
    return new Trial("spsa", 1, chip, 0.01, 1, 0, 0.2, 0.1, true, error, seconds);
  }

  @Test
  void otherChipsOfTheProfileAreFoundForEveryAddress() {
    assertEquals(
        List.of("sim:a?seed=1000&rows=64", "sim:a?seed=1001&rows=64", "sim:a?seed=1002&rows=64"),
        Tuning.chipsBeside(List.of("sim:a?seed=3&rows=64")));
    assertEquals(
        "sim:a?rows=64&seed=1000", Tuning.chipsBeside(List.of("sim:a?rows=64")).getFirst());
    assertEquals("sim:a?seed=1000", Tuning.chipsBeside(List.of("sim:a")).getFirst());
    assertEquals(
        List.of("sim:a?seed=1001", "sim:a?seed=1003", "sim:a?seed=1004"),
        Tuning.chipsBeside(List.of("sim:a?seed=999", "sim:a?seed=1000", "sim:a?seed=1002")));
    String message =
        assertThrows(JobException.class, () -> Tuning.chipsBeside(List.of("serial:/dev/x")))
            .getMessage();
    assertTrue(message.contains("--tune-chips"), message);
  }

  @Test
  void allRulesAreTheOnesThatComeWithMortal() {
    List<String> rules = job("--rules", "all").jobs().stream().map(TrainingJob::rule).toList();
    assertTrue(rules.containsAll(List.of("backprop", "local-cross-entropy", "spsa")));
    assertEquals(rules.size(), new HashSet<>(rules).size());
  }
}
