package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The command: its file, its figures, its refusals. What it measures is tested beside the stages.
@Timeout(60)
class CalibrateTest {
  private static final String CHIP = "sim:hfox?seed=1&rows=16&columns=16";

  @TempDir Path folder;

  @Test
  void aFileAndFigures() throws IOException {
    Runs runs = new Runs(folder.resolve("runs"));
    Path file = folder.resolve("chip.json");
    JsonNode json = runs.json("calibrate " + CHIP + " --reads 32 --book none --out " + file);
    assertEquals("hfox-16x16-1", json.get("id").asText());
    assertEquals(file.toString(), json.get("file").asText());
    assertTrue(Files.exists(file));
    assertTrue(json.get("mvmErrorBefore").asDouble() > json.get("mvmErrorAfter").asDouble());
    assertEquals(1, json.get("success").asDouble(), 0.2);
    assertTrue(json.at("/truth/mvmRatio").asDouble() < 1.3, json.toString());
    assertTrue(json.at("/truth/cellRatio").asDouble() < 1.5, json.toString());
    assertTrue(
        Runs.files(runs.only())
            .containsAll(
                Set.of("manifest.json", "report.html", "array0-cells.png", "array0-errors.png")));
    // The file is good for what it is made for.
    JsonNode info = runs.json("info " + CHIP + " --book none --calibration " + file);
    assertEquals("hfox-16x16-1", info.get("id").asText());
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    String call = "calibrate " + CHIP + " --reads 16 --no-pulses --book none --out ";
    JsonNode one = new Runs(folder.resolve("one")).json(call + folder.resolve("one.json"));
    JsonNode other = new Runs(folder.resolve("other")).json(call + folder.resolve("other.json"));
    for (String figure : List.of("mvmErrorBefore", "mvmErrorAfter", "truth")) {
      assertEquals(one.get(figure), other.get(figure));
    }
  }

  @Test
  void aRunGoesOnWithItsOwnChipOnly() {
    Runs runs = new Runs(folder.resolve("runs"));
    runs.json("calibrate " + CHIP + " --reads 16 --no-pulses --book none");
    Path run = runs.only();
    JsonNode again = runs.json("calibrate --book none --resume " + run);
    assertEquals(run.toString(), again.get("run").asText());
    assertEquals(1, runs.all().size());
    runs.call("calibrate sim:hfox?seed=2 --book none --resume " + run)
        .refused(2, "--resume", "CHIP");
    runs.call("calibrate --book none --reads 32 --resume " + run).refused(2, "--reads");
  }

  @Test
  void aDryRunLeavesNothing() {
    Runs runs = new Runs(folder.resolve("runs"));
    JsonNode json = runs.json("calibrate " + CHIP + " --reads 16 --dry-run --book none");
    assertTrue(json.at("/each/vectors").asLong() > 1000, json.toString());
    assertTrue(json.at("/each/pulsesPerCell").asLong() > 100, json.toString());
    assertTrue(json.at("/each/linkBytes").asLong() > 10_000, json.toString());
    JsonNode still =
        runs.json("calibrate " + CHIP + " --reads 16 --dry-run --no-pulses --book none");
    assertEquals(0, still.at("/each/pulses").asLong());
    assertEquals(List.of(), runs.all());
  }

  @Test
  void convertersThatDoNotConvertAreRefused() throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("loud.toml"),
            "extends = 'hfox'\nname = 'loud'\n[sense]\noffsetAmps = 60e-6\n");
    Runs runs = new Runs(folder.resolve("runs"));
    runs.call("calibrate sim:%s?seed=1&rows=16&columns=16 --book none".formatted(profile))
        .refused(1, "array 0", "self-test", "offset");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Runs runs = new Runs(folder.resolve("runs"));
    runs.call("calibrate " + CHIP + " --reads 3").refused(2, "--reads", "16");
    runs.call("calibrate " + CHIP + " --arrays all").refused(2, "--arrays");
    runs.call("calibrate " + CHIP + " --arrays two").refused(2, "--arrays", "two");
    runs.call("calibrate " + CHIP + " --arrays 2 --array 1").refused(2, "--array");
    assertFalse(Files.exists(folder.resolve("runs")) && !runs.all().isEmpty());
  }
}
