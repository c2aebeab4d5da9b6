package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `compare` and `measure rules`: several rules in one call.
@Timeout(60)
class CompareTest {
  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    IdxSet.write(data);
  }

  private static String small(String command) {
    return command + " --task mnist --layers 64,16,4 --data " + data;
  }

  @Test
  void rulesStandSideBySideWithBackprop() throws IOException {
    JsonNode result =
        runs()
            .json(
                small("compare") + " --epochs 4",
                "--rules",
                "local-cross-entropy,spsa",
                "--chips",
                "sim:hfox?seed=1..2");
    List<String> rules = new ArrayList<>();
    for (JsonNode row : result.get("rows")) {
      rules.add(row.get("rule").asText());
      assertEquals(2, row.get("chips").asInt());
      JsonNode errors = row.get("errors");
      assertEquals(2, errors.size());
      double one = errors.get(0).asDouble();
      double other = errors.get(1).asDouble();
      assertEquals((one + other) / 2, row.get("median").asDouble(), 1e-12);
      assertEquals(Math.abs(one - other) / 2, row.get("iqr").asDouble(), 1e-12);
      assertEquals(Math.max(one, other), row.get("worst").asDouble());
      assertTrue(row.get("queries").asDouble() >= 1);
      boolean onChip = !row.get("rule").asText().equals("backprop");
      assertEquals(onChip, row.get("energyJoules").asDouble() > 0);
    }
    assertEquals(List.of("local-cross-entropy", "spsa", "backprop"), rules);
    JsonNode pair = result.get("pairs").get(0);
    assertEquals("backprop", pair.get("against").asText());
    assertEquals(2, pair.get("chips").asInt());
    double mean = 0;
    for (int i = 0; i < 2; i++) {
      JsonNode rows = result.get("rows");
      mean += rows.get(0).get("errors").get(i).asDouble() / 2;
      mean -= rows.get(2).get("errors").get(i).asDouble() / 2;
    }
    assertEquals(100 * mean, pair.get("differencePoints").asDouble(), 1e-9);
    assertTrue(pair.get("lowPoints").asDouble() <= 100 * mean);
    assertTrue(pair.get("highPoints").asDouble() >= 100 * mean);
    assertTrue(pair.get("wilcoxonP").asDouble() >= 0.5);
    assertEquals(3, result.get("pairs").size());
    assertEquals(0, result.get("tuned").size());
    Path run = Path.of(result.get("run").asText());
    List<String> table = Files.readAllLines(run.resolve("rows.csv"));
    assertEquals(
        "rule,chips,median,lowerQuartile,upperQuartile,iqr,worst,queries,cellWrites,energyJoules,digitalJoules,seconds",
        table.getFirst());
    assertEquals(4, table.size());
    assertTrue(table.get(3).startsWith("backprop,2,"), table.get(3));
    JsonNode manifest = Runs.manifest(run);
    assertEquals(result.get("rows"), manifest.get("results").get("rows"));
    assertEquals("sim:hfox?seed=1..2", manifest.get("chip").asText());
  }

  @Test
  void aRowIsWhatTrainingWouldSay() {
    JsonNode row =
        runs()
            .json(
                small("compare") + " --epochs 1 --seed 6",
                "--rules",
                "local-cross-entropy",
                "--chips",
                "sim:hfox?seed=4..5")
            .get("rows")
            .get(0);
    for (int i = 0; i < 2; i++) {
      JsonNode alone =
          runs()
              .json(
                  small("train") + " --epochs 1",
                  "--chip",
                  "sim:hfox?seed=" + (4 + i),
                  "--seed",
                  String.valueOf(6 + i));
      assertEquals(alone.get("testError"), row.get("errors").get(i));
    }
  }

  @Test
  void theTextIsATable() {
    Call call =
        runs().call(small("compare") + " --epochs 0.2 --rules backprop --chips sim:hfox?seed=3");
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("not tuned here"), call.out());
    assertEquals(1, call.out().lines().filter(line -> line.startsWith("backprop ")).count());
    assertTrue(call.out().contains("kept in " + runs().only()), call.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--chips sim:hfox?seed=3..1        | a range of seeds goes up",
        "--chips sim:hfox?seed=1..10001    | a range of seeds goes up, from 1 to 10000",
        "--chips sim:hfox?seed=1..99999999999999999999 | a range of seeds goes up",
        "--chips sim:hfox?seed=1..         | seed must be",
        "--chips sim:hfox?seed=a..b        | seed must be",
        "--chips sim:nope?seed=1..2        | unknown profile 'nope'",
        "--chips usb:x                     | unknown scheme 'usb'",
        "--rules spsa,nope                 | unknown rule 'nope'",
        "--rules spsa,,backprop            | unknown rule",
        "--layers 3,8,2                    | must begin with 2 inputs",
        "--tune 0                          | --tune must be a whole number of at least 1",
        "--tune-epochs 1                   | --tune-epochs is for tuning: give --tune N too",
        "--tune-chips sim:hfox?seed=9      | --tune-chips is for tuning: give --tune N too",
        "--tune 1 --tune-chips sim:hfox?seed=2 | seed=2 of --tune-chips is among the compared: tune on another",
        "--tune 1 --tune-chips sim:nope    | unknown profile 'nope'",
        "--epochs 1 --queries 5            | both given"
      })
  void wrongCallsEndWithTwo(String options, String message) {
    runs().call("compare --task xor " + options).refused(2, message);
    assertEquals(List.of(), runs().all(), "nothing was begun, so nothing is kept");
  }

  @Test
  void rulesAreMeasuredBesideTheirBareProducts() throws IOException {
    JsonNode result =
        runs().json(small("measure rules") + " --epochs 2 --rules local-cross-entropy,backprop");
    assertEquals(2, result.get("rows").size());
    for (JsonNode row : result.get("rows")) {
      assertTrue(row.get("epochSeconds").asDouble() > 0);
      assertTrue(row.get("bareSeconds").asDouble() > 0);
      assertEquals(
          row.get("epochSeconds").asDouble() / row.get("bareSeconds").asDouble(),
          row.get("ratio").asDouble(),
          1e-9);
    }
    assertEquals("hfox-256x256-1", result.get("rows").get(0).get("chip").asText());
    assertEquals("backprop", result.get("rows").get(1).get("rule").asText());
    assertNotEquals("", result.get("kernels").asText());
    Path run = Path.of(result.get("run").asText());
    List<String> table = Files.readAllLines(run.resolve("rows.csv"));
    assertEquals("rule,chip,epochSeconds,bareSeconds,ratio", table.getFirst());
    assertEquals(3, table.size());
    assertEquals("measure rules", Runs.manifest(run).get("command").asText());
  }

  @Test
  void unknownTasksEndWithTwo() {
    runs().call("compare --task nope").refused(2, "unknown task 'nope'");
    runs().call("measure rules --task nope").refused(2, "unknown task 'nope'");
  }

  @Test
  void measurementsThatCannotBeAreRefused() {
    runs().call("measure rules --task xor --epochs 1").refused(2, "--epochs must be at least 2");
    runs().call("measure rules --task xor --queries 9").refused(2, "--epochs, not --queries");
    runs().call("measure rules --task xor --rules nope").refused(2, "unknown rule 'nope'");
    runs().call("measure rules --task xor --chip sim:nope").refused(2, "unknown profile 'nope'");
    runs().call("measure rules --task xor --layers 9,9,9").refused(2, "must begin with 2 inputs");
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
