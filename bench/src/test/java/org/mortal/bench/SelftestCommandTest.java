package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the command makes of the checks; those are tested beside them.
@Timeout(60)
class SelftestCommandTest {
  @TempDir Path folder;

  @Test
  void aSoundChipPasses() throws IOException {
    Runs runs = new Runs(folder);
    JsonNode json = runs.json("selftest sim:hfox?seed=1&rows=16&columns=16&arrays=2");
    assertTrue(json.get("passed").asBoolean(), json.toString());
    assertEquals("hfox-16x16-1", json.get("id").asText());
    JsonNode first = json.get("checks").get(0);
    assertTrue(first.get("passed").asBoolean() && first.get("limit").isNumber());
    assertTrue(first.get("name").isTextual() && first.get("value").isNumber());
    JsonNode last = json.get("checks").get(json.get("checks").size() - 1);
    assertEquals(1, last.get("array").asInt());
    assertTrue(
        Runs.files(runs.only())
            .containsAll(Set.of("manifest.json", "checks.csv", "conductances.png")));
    assertEquals(0, Runs.manifest(runs.only()).get("results").get("failed").asInt());
  }

  @Test
  void defectsAreNamedAndEndWithOne() {
    Runs runs = new Runs(folder);
    Call call = runs.call("selftest sim:hfox-harsh?seed=1&rows=64&columns=64 --stuck 0.001");
    assertEquals(1, call.code(), call.err());
    assertTrue(call.out().contains("FAILED array 0   stuck-cells"), call.out());
    assertTrue(call.out().contains("has defects"), call.out());
    assertEquals("", call.err());
  }

  @Test
  void callsThatMakeNoSenseAreRefused() {
    Runs runs = new Runs(folder);
    runs.call("selftest sim:hfox?arrays=2 --array 2").refused(2, "--array", "0 to 1, not 2");
    runs.call("selftest --stuck 1.5").refused(2, "--stuck", "1.5");
  }
}
