package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {
  private static final String CHIP = "sim:hfox?seed=1&rows=8&columns=8&arrays=2";

  @TempDir Path folder;
  private Runs runs;
  private Path targets;

  @BeforeEach
  void writeTargets() throws IOException {
    runs = new Runs(folder.resolve("runs"));
    targets = folder.resolve("targets.csv");
    StringBuilder csv = new StringBuilder();
    for (int r = 0; r < 8; r++) {
      for (int c = 0; c < 8; c++) {
        csv.append(c == 0 ? "" : ",").append((10 + (3 * r + 5 * c) % 40) + "e-6");
      }
      csv.append('\n');
    }
    Files.writeString(targets, csv);
  }

  @Test
  void cellsComeNearTheirTargets() throws IOException {
    JsonNode json = runs.json("program " + CHIP, "--target", targets.toString(), "--array", "1");
    assertTrue(json.get("success").asDouble() > 0.9, json.toString());
    double atEnd = json.get("successAtEnd").asDouble();
    assertTrue(atEnd > 0.7 && atEnd <= 1, json.toString());
    double error = json.get("rmseSiemens").asDouble();
    assertTrue(error > 0 && error < 10e-6, json.toString());
    double median = json.get("pulsesPerCell").get("median").asDouble();
    assertTrue(median > 10 && json.get("pulsesPerCell").get("p95").asDouble() > median);
    // A simulated minute costs nothing, so it is waited for unless something else was asked for.
    assertTrue(json.get("rmseSiemensAfter60s").asDouble() > 0, json.toString());
    assertTrue(
        Runs.files(runs.only())
            .containsAll(
                Set.of("manifest.json", "outcomes.csv", "conductances.png", "errors.png")));
    List<String> outcomes = Files.readAllLines(runs.only().resolve("outcomes.csv"));
    assertEquals("row,column,targetSiemens,measuredSiemens,success,pulses", outcomes.getFirst());
    assertEquals(1 + 64, outcomes.size());
    assertEquals(json.get("success"), Runs.manifest(runs.only()).get("results").get("success"));
  }

  @Test
  void aWiderToleranceTakesFewerPulses() {
    double narrow = pulses("1e-6");
    double wide = pulses("20e-6");
    assertTrue(wide < narrow, wide + " pulses against " + narrow);
  }

  private double pulses(String tolerance) {
    return runs.json("program " + CHIP, "--target", targets.toString(), "--tolerance", tolerance)
        .get("pulsesPerCell")
        .get("median")
        .asDouble();
  }

  @Test
  void theErrorIsMeasuredAgainAfterAWait() {
    JsonNode json =
        runs.json("program " + CHIP + " --wait-seconds 1", "--target", targets.toString());
    assertEquals(1, json.get("waitedSeconds").asInt());
    assertTrue(json.get("rmseSiemensAfterWait").asDouble() > 0, json.toString());
    // One second is not sixty.
    assertTrue(json.get("rmseSiemensAfter60s").isNull(), json.toString());
  }

  @Test
  void peopleAreToldHowToMeasureAgain() {
    Call call = runs.call("program " + CHIP + " --wait-seconds 0", "--target", targets.toString());
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("--wait-seconds 60"), call.out());
  }

  @Test
  void whatCannotBeProgrammedIsRefused() throws IOException {
    String file = targets.toString();
    runs.call("program " + CHIP + " --array 2", "--target", file).refused(2, "--array", "not 2");
    runs.call("program " + CHIP + " --tolerance 0", "--target", file).refused(2, "--tolerance");
    runs.call("program " + CHIP + " --passes 0", "--target", file).refused(2, "--passes");
    runs.call("program " + CHIP + " --reads 0", "--target", file).refused(2, "--reads");
    runs.call("program sim:hfox?rows=8&columns=6", "--target", file)
        .refused(1, "8 lines of 8", "8 rows of 6");
    Files.writeString(targets, Files.readString(targets).replaceFirst("10e-6", "1e-3"));
    runs.call("program " + CHIP, "--target", file)
        .refused(1, "target conductance", "0.001", "row 0, column 0");
    assertTrue(runs.all().isEmpty(), "no run was begun");
  }
}
