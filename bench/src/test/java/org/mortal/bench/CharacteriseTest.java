package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the command makes of plans and findings; those are tested beside them.
@Timeout(60)
class CharacteriseTest {
  private static final String CHIP = "sim:hfox-lab?rows=6&columns=8 ";

  @TempDir Path folder;

  @Test
  void aDryRunLeavesNothing() {
    Runs runs = new Runs(folder);
    JsonNode json = runs.json("characterise " + CHIP + "endurance --cells 0-1,0-2 --dry-run");
    assertEquals(6, json.get("cells").asInt());
    // 500 pulses to begin with, then 250 either way in 100 rounds.
    assertEquals(500 + 100 * 500, json.at("/plan/pulsesPerCell").asInt());
    assertEquals(6 * (500 + 100 * 500), json.at("/plan/pulses").asInt());
    assertEquals(0.9, json.at("/plan/peakPulseVolts").asDouble());
    assertTrue(json.at("/plan/linkBytes").asLong() > 0);
    assertTrue(json.get("file").isNull());
    assertEquals(List.of(), runs.all());
    Call call = runs.call("characterise " + CHIP + "forming --dry-run");
    assertTrue(call.out().contains("at most 40 pulses to a cell"), call.out());
  }

  @Test
  void filesHoldTheSameReadings() throws IOException {
    Runs runs = new Runs(folder);
    String call = "characterise " + CHIP + "relaxation --cells 2-4,3-6 --times 0.1,1 --reads 2";
    JsonNode json = runs.json(call);
    assertEquals(12, json.get("cells").asInt());
    assertEquals(24, json.get("points").asInt());
    assertTrue(json.get("driftExponent").isNumber());
    assertFalse(json.get("interrupted").asBoolean());
    Path run = runs.only();
    assertTrue(
        Runs.files(run)
            .containsAll(
                Set.of(
                    "cells.csv",
                    "cumulative.png",
                    "histogram.png",
                    "manifest.json",
                    "map.png",
                    "report.html",
                    "times.csv")));
    List<String> csv = Files.readAllLines(run.resolve("points.csv"));
    assertEquals(25, csv.size());
    ByteBuffer npy = npy(run.resolve("siemens.npy"), "'shape': (2, 3, 4)");
    try (HdfFile file = new HdfFile(Path.of(json.get("file").asText()))) {
      float[][][] siemens = (float[][][]) file.getDatasetByPath("siemens").getData();
      double[] seconds = (double[]) file.getDatasetByPath("seconds").getData();
      int[] columns = (int[]) file.getDatasetByPath("column").getData();
      assertEquals("hfox-lab-6x8-1", file.getAttribute("chip").getData());
      assertEquals("S", file.getDatasetByPath("siemens").getAttribute("unit").getData());
      assertArrayEquals(new int[] {3, 4, 5, 6}, columns);
      assertTrue(seconds[1] - seconds[0] > 0.89);
      List<String> header = List.of(csv.getFirst().split(","));
      for (int k = 0; k < 24; k++) {
        String[] line = csv.get(k + 1).split(",");
        float inCsv = Float.parseFloat(line[header.indexOf("siemens")]);
        assertEquals(siemens[k / 12][k / 4 % 3][k % 4], inCsv);
        assertEquals(npy.getFloat(), inCsv);
        assertEquals(2 + k / 4 % 3, Integer.parseInt(line[header.indexOf("row")]));
        assertEquals(3 + k % 4, Integer.parseInt(line[header.indexOf("column")]));
      }
    }
  }

  /// The numbers of a file, behind its head.
  private static ByteBuffer npy(Path file, String shape) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int head = 10 + bytes.getShort(8);
    assertEquals(0, head % 64);
    String about = new String(bytes.array(), 10, head - 10, StandardCharsets.US_ASCII);
    assertTrue(about.contains(shape) && about.endsWith("\n"), about);
    return bytes.position(head);
  }

  @Test
  void aFinishedRunIsReportedAnew() throws IOException {
    Runs runs = new Runs(folder);
    JsonNode first = runs.json("characterise " + CHIP + "map --cells 3,4");
    Files.delete(runs.only().resolve("report.html"));
    JsonNode again = runs.json("characterise --resume " + runs.only());
    assertEquals(first.get("medianSiemens"), again.get("medianSiemens"));
    assertEquals(first.get("points"), again.get("points"));
    assertTrue(Files.exists(runs.only().resolve("report.html")));
  }

  @Test
  void callsThatMakeNoSenseAreRefused() {
    Runs runs = new Runs(folder);
    runs.call("characterise").refused(2, "no KIND", "retention");
    runs.call("characterise " + CHIP + "ivy").refused(2, "unknown KIND 'ivy'");
    runs.call("characterise " + CHIP + "map --cells 6,0").refused(2, "--cells", "within 6 x 8");
    runs.call("characterise " + CHIP + "map --cycles 2").refused(2, "--cycles", "map");
    runs.call("characterise " + CHIP + "map --array 50000").refused(2, "--array");
    runs.call("characterise " + CHIP + "relaxation --times 2,1").refused(2, "--times", "rise");
    runs.call("characterise " + CHIP + "pulse --set-volts 9").refused(1, "SET pulse", "limit");
    runs.call("characterise " + CHIP + "noise --reads 1000000").refused(1, "points", "limit");
    runs.call("characterise --resume " + folder + "/none").refused(1, "cannot read");
    assertEquals(List.of(), runs.all());
  }
}
