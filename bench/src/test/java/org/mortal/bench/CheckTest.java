package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.imageio.ImageIO;
import lab.example.DeltaRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mortal check` and `mortal scaling`.
@Timeout(300)
class CheckTest {
  private static final String TINY =
      " --task xor --layers 2,12,2 --epochs 40 --batch 4 --repeats 4";

  @TempDir Path folder;

  private Runs runs() {
    return new Runs(folder);
  }

  @Test
  void checksARuleOfOnesOwnAndKeepsWhatItFound() throws IOException {
    JsonNode result = runs().json("check " + DeltaRule.class.getName() + TINY);
    assertEquals("hfox-256x256-1", result.get("chipId").asText());
    // A rule that has no probes has one row, whatever it was asked for.
    assertEquals(1, result.get("rows").size());
    JsonNode row = result.get("rows").get(0);
    for (String key :
        Set.of("bias", "biasResolution", "variance", "cosineGlobal", "cosineLocal", "queries")) {
      assertTrue(row.get(key).isNumber(), key);
    }
    assertTrue(row.get("amplitude").isNull() && row.get("predicted").isNull());
    assertEquals(4, row.get("queries").asDouble(), "one read of each example");
    assertTrue(row.get("cosineLocal").asDouble() > 0.8, row.toString());

    Path run = Path.of(result.get("run").asText());
    assertEquals(Set.of("manifest.json", "rows.csv", "cosine.png"), Runs.files(run));
    assertNotNull(ImageIO.read(run.resolve("cosine.png").toFile()));
    assertEquals(2, Files.readAllLines(run.resolve("rows.csv")).size());
    assertEquals("check", Runs.manifest(run).get("command").asText());
  }

  @Test
  void theBestAmplitudeIsNamed() {
    Call call = runs().call("check spsa --amplitude 0.002,0.05 --probes 1,8" + TINY);
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("best amplitude 0.0"), call.out());
  }

  @Test
  void refusesWhatMakesNoSense() {
    refused("--repeats must be from 2", "check spsa --repeats 1");
    refused("--probes must be from 1", "check spsa --probes 4,0");
    refused("--amplitude must be a positive", "check spsa --amplitude 0.1,-1");
    refused("--epochs must be", "check spsa --epochs -1");
    refused("unknown rule 'genetics'", "check genetics");
    refused("theory knows no scaling of 'genetics'", "scaling --rules genetics");
    refused("--budget must be", "scaling --budget 0");
  }

  private void refused(String part, String command) {
    Call call = runs().call(command);
    assertEquals(2, call.code(), call.out());
    assertTrue(call.err().contains(part), call.err());
    assertEquals(1, call.err().lines().count(), call.err());
  }

  @Test
  void rulesThatMeasureSlopesNeedNoMoreQueriesInLargerLayers() throws IOException {
    JsonNode result = runs().json("scaling --quick --rules local-cross-entropy,generec");
    JsonNode lines = result.get("lines");
    assertEquals(2, lines.size());
    for (JsonNode line : lines) {
      assertEquals(3, line.get("sizes").size());
      assertTrue(line.get("exponent").asDouble() < 0.6, line.toString());
      assertTrue(Math.abs(line.get("cosineExponent").asDouble()) < 0.1, line.toString());
    }
    Path run = Path.of(result.get("run").asText());
    assertEquals(
        Set.of("manifest.json", "points.csv", "cosine.png", "queries.png"), Runs.files(run));
  }
}
