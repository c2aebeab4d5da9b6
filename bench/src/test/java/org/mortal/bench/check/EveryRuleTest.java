package org.mortal.bench.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Digits;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Task;

/// Any rule can be checked, or says in one line why not.
class EveryRuleTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final Task TASK = Digits.generate(1, 300, 20, 20);

  static Stream<String> names() {
    return Rules.names(new Goal.Labels()).stream();
  }

  private static EstimateStudy.Row row(String name, Double amplitude, int probes, int repeats) {
    Specimen.Settings settings =
        new Specimen.Settings("sim:hfox?seed=1", List.of(784, 12, 12, 10), 4, 10, 1);
    LearningRule rule =
        Rules.named(name, new Rules.Options(Slope.TABLE, probes, amplitude, 4, null));
    try (Specimen specimen = Specimen.trained(settings, TASK, rule, KERNELS, Chips::open)) {
      return new EstimateStudy(specimen, repeats, 1).row(rule, amplitude, probes, 4);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasARow(String name) {
    try {
      EstimateStudy.Row row = row(name, null, 2, 3);
      assertTrue(row.queries() > 0 && row.variance() >= 0, row.toString());
      assertTrue(Math.abs(row.cosineGlobal()) <= 1 && Math.abs(row.cosineLocal()) <= 1, "" + row);
    } catch (LearningException e) {
      assertTrue(e.getMessage().contains("nothing to check"), e.getMessage());
    }
  }

  @Test
  void exactGradientsAreFoundExact() {
    EstimateStudy.Row backprop = row("backprop", null, 1, 3);
    assertEquals(Gradient.GLOBAL, backprop.target());
    assertEquals(0, backprop.bias(), 1e-5);
    assertEquals(1, backprop.cosineGlobal(), 1e-9);
    EstimateStudy.Row local = row("local-cross-entropy", null, 1, 5);
    assertEquals(Gradient.LOCAL, local.target());
    assertTrue(local.cosineLocal() > 0.95, local.toString());
    assertTrue(local.bias() < 0.3 && local.variance() < 0.1, local.toString());
    EstimateStudy.Row twin = row("physics-aware", null, 1, 5);
    assertEquals(Gradient.GLOBAL, twin.target());
    assertTrue(twin.cosineGlobal() > 0.9, twin.toString());
  }

  @Test
  void oneProbeOfAllWeightsIsAsFarOffAsTheorySays() {
    EstimateStudy.Row row = row("spsa", null, 1, 40);
    assertEquals(Math.sqrt(1.0 / (784 * 12 + 12 * 12)), row.predicted(), 1e-9);
    // Read noise takes its share.
    assertTrue(
        row.cosine() > 0.4 * row.predicted() && row.cosine() < 1.4 * row.predicted(),
        row.toString());
    assertTrue(row.variance() > 5000, row.toString());
  }
}
