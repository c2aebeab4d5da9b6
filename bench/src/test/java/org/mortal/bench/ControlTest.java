package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the commands make of a task that asks to act.
@Timeout(60)
class ControlTest {
  private static final String SHORT = "--task cartpole --layers 32,16,2 --epochs 0.05";

  @TempDir Path folder;

  private Runs runs() {
    return new Runs(folder);
  }

  @Test
  void aRunTellsReturnsDrawsThemAndRepeats() throws IOException {
    JsonNode result = runs().json("train --rule td-lambda " + SHORT);
    double mean = result.get("meanReturn").asDouble();
    assertTrue(mean > 1 && mean <= 500, "mean return " + mean);
    assertEquals(1 - mean / 500, result.get("testError").asDouble(), 1e-12);
    assertTrue(result.get("worstReturn").asDouble() <= mean);
    Path run = runs().only();
    assertTrue(
        Runs.files(run).containsAll(Set.of("returns.png", "episode.png", "learning-curve.png")));
    String manifest = run.resolve("manifest.json").toString();
    assertTrue(runs().json("train", "--manifest", manifest).get("repeated").asBoolean());
  }

  @Test
  void allRulesAreThoseThatLearnToAct() {
    JsonNode rows = runs().json("compare --rules all --chips sim:hfox " + SHORT).get("rows");
    assertEquals(1, rows.size());
    assertEquals("td-lambda", rows.get(0).get("rule").asText());
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatDoes() {
    String error = refusal("train --rule spsa " + SHORT);
    assertTrue(error.contains("choose td-lambda"), error);
    error = refusal("train --rule td-lambda --task xor");
    assertTrue(error.contains("name classes") && error.contains("backprop"), error);
    error = refusal("compare --rules spsa --chips sim:hfox " + SHORT);
    assertTrue(error.contains("choose td-lambda"), error);
    error = refusal("check td-lambda");
    assertTrue(error.contains("name classes"), error);
    error = refusal("train --rule td-lambda --wrong-labels 0.1 " + SHORT);
    assertTrue(error.contains("needs labels"), error);
  }

  private String refusal(String command) {
    Call call = runs().call(command);
    assertFalse(call.code() == 0, command);
    return call.err();
  }
}
