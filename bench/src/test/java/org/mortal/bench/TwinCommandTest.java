package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the command makes of a twin; how twins are measured is tested beside that.
@Timeout(120)
class TwinCommandTest {
  private static final String CHIP = "sim:hfox?seed=3&rows=24&columns=16&arrays=1";

  @TempDir Path folder;

  @Test
  void aBlindTwinIsMadeAndOpened() throws IOException {
    Runs runs = new Runs(folder.resolve("runs"));
    Path file = folder.resolve("twin.json");
    JsonNode json = runs.json("twin " + CHIP + " --reads 32 --wait 0 --out " + file);
    double fidelity = json.get("fidelity").asDouble();
    assertTrue(fidelity > 0.9 && fidelity < 1.3, json.toString());
    assertEquals("hfox-24x16-3", json.get("twinOf").asText());
    assertTrue(json.get("details").get("reads").asDouble() <= fidelity);
    assertTrue(json.get("truth").get("siemens").asDouble() < 1e-6, json.toString());
    assertTrue(json.get("measured").get("vectors").asLong() > 1000);
    assertTrue(Files.isRegularFile(runs.only().resolve("twin.json")));
    assertTrue(Files.isRegularFile(runs.only().resolve("calibration.json")));

    JsonNode info = new Runs(folder.resolve("other")).json("info sim:" + file + "?seed=5");
    assertEquals("twin-of-hfox-24x16-3-24x16-5", info.get("id").asText());
    assertEquals(24, info.get("rows").asInt());
  }

  @Test
  void aCalibrationMayBeGiven() {
    Runs runs = new Runs(folder.resolve("runs"));
    Path calibration = folder.resolve("calibration.json");
    runs.json("calibrate " + CHIP + " --reads 32 --out " + calibration);
    JsonNode json =
        runs.json(
            "twin " + CHIP + " --no-pulses --reads 32 --wait 0 --out " + folder.resolve("t.json"),
            "--calibration",
            calibration.toString());
    assertEquals(0, json.get("measured").get("pulses").asLong());
    assertTrue(json.get("details").get("pulses").isNull());
    assertTrue(json.get("fidelity").asDouble() < 1.3, json.toString());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Runs runs = new Runs(folder.resolve("runs"));
    assertRefused(runs, "--out twin.toml", "--out must end in .json, not twin.toml");
    assertRefused(runs, "--out t.json --extends mine", "--extends must be one of");
    assertRefused(runs, "--out t.json --wait -1", "--wait must be from 0 to 1e6 seconds, not -1.0");
    assertRefused(runs, "--out t.json --arrays 2", "--arrays must be from 1 to 1, not 2");
    assertFalse(Files.exists(Path.of("t.json")));
  }

  private static void assertRefused(Runs runs, String options, String reason) {
    Call call = runs.call("twin " + CHIP + " " + options);
    assertEquals(2, call.code(), call.err());
    assertTrue(call.err().contains(reason), call.err());
  }
}
