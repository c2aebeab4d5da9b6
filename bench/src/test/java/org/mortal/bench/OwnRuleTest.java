package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.example.DeltaRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A rule of a user's own: one short file, outside of Mortal, named by its class.
@Timeout(60)
class OwnRuleTest {
  private static final int MOST_LINES = 35;

  @TempDir Path folder;

  @Test
  void aNewRuleIsOneShortFile() throws IOException {
    Path source =
        Path.of(System.getProperty("mortal.root"))
            .resolve("bench/src/test/java/lab/example/DeltaRule.java");
    List<String> lines = Files.readAllLines(source);
    assertTrue(lines.size() <= MOST_LINES, source + " has " + lines.size() + " lines");
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), "by lines of usual length");
    assertFalse(DeltaRule.class.getPackageName().startsWith("org.mortal"));
  }

  @Test
  void itLearnsDigits() throws IOException {
    JsonNode result =
        new Runs(folder)
            .json("train --layers 784,128,10 --epochs 3 --rule " + DeltaRule.class.getName());
    double error = result.get("testError").asDouble();
    assertTrue(error < 0.25, "nine in ten would be chance, and it errs on " + error);
    JsonNode manifest = Runs.manifest(new Runs(folder).only());
    assertEquals("lab.example.DeltaRule", manifest.get("arguments").get("--rule").asText());
    assertEquals("hfox-256x256-1", manifest.get("chipId").asText());
  }
}
