package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.run.CsvMatrix;
import org.mortal.bench.run.RunManifest;

@Timeout(30)
class SolveTest {
  @TempDir Path folder;

  private Call solve(String siemens, String volts, String... more) throws IOException {
    Files.writeString(folder.resolve("g.csv"), siemens);
    Files.writeString(folder.resolve("v.csv"), volts);
    List<String> args = new ArrayList<>(List.of("solve", "--runs", folder + "/runs"));
    args.addAll(List.of("--conductances", folder + "/g.csv", "--volts", folder + "/v.csv"));
    args.addAll(Arrays.asList(more));
    return Call.of(args.toArray(String[]::new));
  }

  @Test
  void aSeriesCircuitIsSolved() throws IOException {
    // One cell of 1 kOhm behind 300 Ohm, before 700 Ohm.
    for (String solver : new String[] {"--threads=1", "--plain"}) {
      JsonNode json =
          solve(
                  "1e-3\n",
                  "0.2\n",
                  "--wire-ohms=5",
                  "--driver-ohms=300",
                  "--terminal-ohms=700",
                  "--json",
                  solver)
              .json();
      assertEquals(1, json.get("amps").size());
      assertEquals(1e-4, json.get("amps").get(0).asDouble(), 1e-15);
    }
  }

  @Test
  void aColumnAndALineAreTheSameVector() throws IOException {
    String siemens = "1e-4,2e-4,3e-4\n4e-4,5e-4,6e-4\n";
    JsonNode column = solve(siemens, "0.1\n0.2\n", "--wire-ohms=1", "--json").json().get("amps");
    JsonNode line = solve(siemens, "0.1,0.2\n", "--wire-ohms=1", "--json").json().get("amps");
    assertEquals(3, column.size());
    assertEquals(column, line);
  }

  @Test
  void severalVectorsGiveSeveralAnswers() throws IOException {
    Path out = folder.resolve("amps.csv");
    JsonNode json =
        solve("1e-4,2e-4\n", "0.1\n0.2\n0.3\n", "--wire-ohms=0", "--json", "--out=" + out).json();
    assertEquals(3, json.get("vectors").asInt());
    assertEquals(0.3 * 2e-4, json.get("amps").get(2).get(1).asDouble(), 1e-18);
    double[][] written = CsvMatrix.read(out);
    assertEquals(json.get("amps").get(1).get(0).asDouble(), written[1][0]);
    Path run = Path.of(json.get("run").asText());
    assertEquals(
        "0.0", RunManifest.read(run.resolve("manifest.json")).arguments().get("--wire-ohms"));
  }

  @Test
  void peopleSeeATable() throws IOException {
    Call call = solve("1e-4,2e-4\n", "0.1\n", "--wire-ohms=0");
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("1 x 2 currents of 1 x 2 cells by transfer matrix"), call.out());
    assertTrue(call.out().contains("20 µA"), call.out());
  }

  @Test
  void badInputIsRefusedInOneLine() throws IOException {
    solve("1e-4\n", "0.1\n").refused(2, "--wire-ohms");
    solve("1e-4\n", "0.1\n", "--wire-ohms=-1").refused(2, "--wire-ohms must be 0 ohm or more");
    solve("1e-4\n", "0.1\n", "--wire-ohms=1", "--driver-ohms=NaN").refused(2, "--driver-ohms");
    solve("1e-4,1e-4\n1e-4,-1e-4\n", "0,0\n", "--wire-ohms=1")
        .refused(1, "g.csv", "row 1, column 1", "-1.0E-4");
    solve("1e-4,1e-4\n1e-4,x\n", "0,0\n", "--wire-ohms=1")
        .refused(1, "g.csv", "g.csv, line 2, column 2", "'x'");
    solve("1e-4,1e-4\n1e-4,1e-4\n", "0,0,0\n", "--wire-ohms=1")
        .refused(1, "v.csv has 1 x 3 numbers", "has 2 rows", "one a line");
    solve("1e-4,1e-4\n1e-4,1e-4\n", "0\n0\n0\n", "--wire-ohms=1").refused(1, "3 x 1 numbers");
  }
}
