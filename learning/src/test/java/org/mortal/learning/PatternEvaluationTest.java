package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Evaluation.Score;

/// What counted patterns say of a distribution.
class PatternEvaluationTest {
  private static final Map<String, Integer> HALVES = Map.of("##", 500, "..", 500);

  private static double figure(Score score, String name) {
    return score.figures().get(name);
  }

  @Test
  void theSamePatternsAsOftenAreNoDivergence() {
    Score score = PatternEvaluation.score(HALVES, HALVES, 1000);
    assertEquals(0, score.error());
    assertEquals(0, figure(score, "klNats"), 1e-12);
    assertEquals(0, figure(score, "klStandardError"), 1e-12);
  }

  @Test
  void patternsOfNoExampleAreErrors() {
    Map<String, Integer> made = Map.of("##", 300, "..", 500, "#.", 200);
    Score score = PatternEvaluation.score(HALVES, made, 1000);
    assertEquals(0.2, score.error(), 1e-12);
    assertEquals(0.5 * Math.log(0.5 / 0.3), figure(score, "klNats"), 1e-12);
    assertEquals(0, figure(score, "patternsMissed"));
  }

  @Test
  void aPatternThatIsNeverMadeIsInfinitelyFar() {
    Score score = PatternEvaluation.score(HALVES, Map.of("##", 1000), 1000);
    assertEquals(0, score.error());
    assertEquals(Double.POSITIVE_INFINITY, figure(score, "klNats"));
    assertEquals(1, figure(score, "patternsMissed"));
  }

  /// Many counts of one distribution: their divergences vary as each of them says that they do.
  @Test
  void theStandardErrorIsWhatRepeatsShow() {
    Philox random = new Philox(7);
    int repeats = 2000;
    double sum = 0;
    double squares = 0;
    double stated = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      Map<String, Integer> made = new HashMap<>();
      for (int n = 0; n < 1000; n++) {
        double u = random.nextDouble();
        made.merge(u < 0.3 ? "##" : u < 0.9 ? ".." : "#.", 1, Integer::sum);
      }
      Score score = PatternEvaluation.score(HALVES, made, 1000);
      sum += figure(score, "klNats");
      squares += Math.pow(figure(score, "klNats"), 2);
      stated += figure(score, "klStandardError") / repeats;
    }
    double mean = sum / repeats;
    double deviation = Math.sqrt(squares / repeats - mean * mean);
    assertTrue(deviation > 0.01, "deviation " + deviation);
    assertEquals(1, stated / deviation, 0.08);
  }
}
