package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/// Ctrl-C in the middle of a run, on the real program.
@Timeout(90)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to send")
class InterruptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whatWasLearnedIsTestedAndSaved(String signal, int code) throws Exception {
    try (Child child = start("train", "--task", "xor", "--epochs", "1e9")) {
      Path run = awaitCurve(child);
      child.signal(signal);
      assertEquals(code, child.code(), child.errors());
      JsonNode result = child.json();
      assertTrue(result.get("interrupted").asBoolean());
      assertTrue(result.get("testError").isNumber());
      assertTrue(result.get("deviceQueries").asLong() > 0);
      assertQuiet(child);

      JsonNode manifest = Runs.manifest(run);
      assertTrue(manifest.get("interrupted").asBoolean());
      assertEquals(result.get("testError"), manifest.get("results").get("testError"));
      assertEquals(result.get("cellWrites"), manifest.get("results").get("cellWrites"));
      assertTrue(
          Runs.files(run)
              .containsAll(
                  Set.of("learning-curve.png", "conductances.png", "layer-1-weights.npy")));
      assertEquals(
          32, Nd4j.createFromNpyFile(run.resolve("layer-1-weights.npy").toFile()).length());
      List<String> curve = Files.readAllLines(run.resolve("curve.csv"));
      assertTrue(curve.size() >= 2);
      assertTrue(
          curve.getLast().contains("," + result.get("deviceQueries").asText() + ","),
          curve.getLast() + " is not where it stopped");
    }
  }

  @Test
  void figuresOutliveTheFolder() throws Exception {
    try (Child child = start("train", "--task", "xor", "--epochs", "1e9")) {
      Path run = awaitCurve(child);
      Files.move(run, folder.resolve("gone"));
      child.signal("INT");
      assertEquals(130, child.code(), child.errors());
      assertTrue(child.json().get("testError").isNumber());
      assertTrue(child.errors().contains("no such file"), child.errors());
      assertEquals(
          1, child.errors().lines().filter(line -> line.startsWith("mortal train: ")).count());
    }
  }

  @Test
  void aComparisonKeepsTheRowsThatAreDone() throws Exception {
    try (Child child =
        start(
            "compare",
            "--task",
            "xor",
            "--rules",
            "backprop,spsa",
            "--chips",
            "sim:hfox?seed=1",
            "--epochs",
            "3000")) {
      Path run = Await.until("row", PATIENCE, () -> find(child, "rows.csv"));
      child.signal("INT");
      assertEquals(130, child.code(), child.errors());
      assertTrue(child.json().get("interrupted").asBoolean());
      assertEquals(1, child.json().get("rows").size());
      assertEquals("backprop", child.json().get("rows").get(0).get("rule").asText());
      assertTrue(Runs.manifest(run).get("interrupted").asBoolean());
      assertQuiet(child);
    }
  }

  @Test
  void aTransferThatEndsAtHomeHasNoHeirs() throws Exception {
    try (Child child = start("transfer", "--task", "xor", "--examples", "4", "--epochs", "1e9")) {
      Path run = Await.until("manifest", PATIENCE, () -> find(child, "manifest.json"));
      child.signal("INT");
      assertEquals(130, child.code(), child.errors());
      assertTrue(child.json().get("interrupted").asBoolean());
      assertTrue(child.json().get("home").isNumber());
      assertTrue(child.json().get("copied").isNull());
      assertEquals(0, child.json().get("rows").size());
      assertTrue(Runs.manifest(run).get("interrupted").asBoolean());
      assertEquals(Set.of("manifest.json", "heirs.csv"), Runs.files(run));
      assertQuiet(child);
    }
  }

  private Child start(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--json", "--runs", folder.resolve("runs").toString()));
    return Child.start(folder, Map.of(), all);
  }

  private Path awaitCurve(Child child) {
    return Await.until("line of the curve", PATIENCE, () -> find(child, "curve.csv"));
  }

  /// The run folder once `file` is in it.
  private Path find(Child child, String file) {
    assertTrue(child.process().isAlive(), child::errors);
    return new Runs(folder.resolve("runs"))
        .all().stream().filter(run -> Files.exists(run.resolve(file))).findFirst().orElse(null);
  }

  /// Java announces its own module and Mortal what it computes by; nothing else is to be said.
  private static void assertQuiet(Child child) {
    List<String> lines =
        child
            .errors()
            .lines()
            .filter(line -> !line.contains("incubator modules") && !line.startsWith("INFO "))
            .toList();
    assertEquals(List.of(), lines);
    assertFalse(child.process().isAlive());
  }
}
