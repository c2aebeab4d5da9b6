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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `program --method`, as it is called.
@Timeout(120)
class ProgramMethodsTest {
  private static final String CHIP = "sim:neurram?seed=1&rows=8&columns=8";

  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void inAFolder() {
    runs = new Runs(folder.resolve("runs"));
  }

  @Test
  void methodsAreComparedOnAllChips() throws IOException {
    JsonNode json =
        runs.json(
            "program --method ispp,step --target uniform:0..0.8",
            "--chips",
            "sim:neurram?seed=1..3&rows=8&columns=8");
    assertEquals(6, json.get("rows").size());
    JsonNode ispp = json.get("methods").get(0);
    assertEquals("ispp", ispp.get("method").asText());
    assertEquals(3, ispp.get("chips").asInt());
    assertEquals(ispp.get("success").get("median"), json.get("success"));
    assertTrue(json.get("success").asDouble() > 0.95, json.toString());
    assertEquals(ispp.get("rmseSiemensAfterWait").get("median"), json.get("rmseSiemensAfter60s"));
    assertEquals(ispp.get("pulsesP95").get("median"), json.get("pulsesPerCell").get("p95"));
    double worst = ispp.get("rmseSiemens").get("worst").asDouble();
    assertTrue(worst >= json.get("rmseSiemens").asDouble());
    Path run = runs.only();
    assertTrue(
        Runs.files(run)
            .containsAll(
                Set.of(
                    "manifest.json",
                    "rows.csv",
                    "cells.csv",
                    "errors-at-once.png",
                    "errors-after-wait.png",
                    "report.html")));
    assertEquals(1 + 6, Files.readAllLines(run.resolve("rows.csv")).size());
    List<String> cells = Files.readAllLines(run.resolve("cells.csv"));
    assertEquals(1 + 6 * 64, cells.size());
    assertTrue(
        Runs.manifest(run).get("results").get("ispp.success").asDouble() > 0.95, "in the manifest");
  }

  @Test
  void whatTheLabBookKnowsOfCellsIsSpared() {
    String[] call = {"--target", "uniform", "--book", folder.resolve("book.db").toString()};
    JsonNode first = runs.json("program %s --method ispp".formatted(CHIP), call);
    assertTrue(first.get("rows").get(0).get("wear").asInt() > 12, first.toString());
    JsonNode second = runs.json("program %s --method ispp --spare-worn 12".formatted(CHIP), call);
    JsonNode row = second.get("rows").get(0);
    // The second chip begins anew, but its cells have had pulses by the book.
    int spared = row.get("spared").asInt();
    assertTrue(spared > 20 && spared < 64, row.toString());
    assertTrue(row.get("wear").asInt() < 12, row.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --method wish                        | 2 | --method must be of step | 'wish'
          --method mvm:0101                    | 2 | --method must be of step | 'mvm:0101'
          --method step --accept 0             | 2 | --accept | 0
          --method step --spare-worn -1        | 2 | --spare-worn | -1
          --method step --volts-step 0         | 2 | volts | positive
          --method multi-device --array 0      | 2 | --array | 0
          --spare-worn 5                       | 2 | --spare-worn goes with --method | step
          --method step --target uniform:0.5..0.1 | 1 | uniform:0.5..0.1 | lower first
          """)
  void whatMakesNoSenseIsRefused(String options, int code, String first, String second) {
    String target = options.contains("--target") ? "" : " --target uniform";
    runs.call("program %s&arrays=1 %s%s".formatted(CHIP, options, target))
        .refused(code, first, second);
  }
}
