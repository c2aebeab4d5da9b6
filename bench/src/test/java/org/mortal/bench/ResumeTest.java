package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A comparison that goes on where it stopped ends as one that never did.
@Timeout(60)
class ResumeTest {
  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    IdxSet.write(data);
  }

  private String tuned() {
    return "compare --task mnist --layers 64,16,4 --epochs 2 --rules local-cross-entropy,spsa"
        + " --chips sim:hfox?rows=64&columns=64&seed=1..2 --tune 2 --tune-epochs 1 --tune-chips sim:hfox?rows=64&columns=64&seed=8..9 --data "
        + data;
  }

  @Test
  void whatIsMissingIsDoneAndNothingElse() throws IOException {
    JsonNode whole = runs().json(tuned());
    Path run = Path.of(whole.get("run").asText());
    assertEquals(
        Set.of("local-cross-entropy", "spsa", "backprop"),
        Set.copyOf(whole.get("tuned").findValuesAsText("rule")));
    List<String> trials = Files.readAllLines(run.resolve("tuning.csv"));
    List<String> done = Files.readAllLines(run.resolve("runs.csv"));
    List<String> curves = Files.readAllLines(run.resolve("curves.csv"));
    assertEquals(1 + 3 * 2 * 2, trials.size());
    assertEquals(1 + 3 * 2, done.size());
    assertEquals(1 + 3 * 2 * 2, curves.size());
    assertTrue(
        Runs.files(run)
            .containsAll(
                Set.of(
                    "pairs.csv",
                    "errors.png",
                    "error-queries.png",
                    "error-writes.png",
                    "error-energy.png",
                    "error-time.png",
                    "report.html")));

    // As if it had been killed after three trainings of trials and a run, with a curve that no run
    // goes with.
    Files.write(run.resolve("tuning.csv"), trials.subList(0, 4));
    Files.write(run.resolve("runs.csv"), done.subList(0, 2));
    Files.write(run.resolve("curves.csv"), curves.subList(0, 4));
    JsonNode resumed = runs().json("compare --resume " + run);
    assertEquals(figures(whole), figures(resumed));
    assertEquals(run.toString(), resumed.get("run").asText());
    assertEquals(timeless(trials), timeless(Files.readAllLines(run.resolve("tuning.csv"))));
    // What was there is the same to the last digit, its times included.
    List<String> now = Files.readAllLines(run.resolve("runs.csv"));
    assertEquals(done.subList(0, 2), now.subList(0, 2));
    assertEquals(done.size(), now.size());
    assertEquals(1, runs().all().size());

    // Nothing is left to do, but to say it again; the same arguments may be given.
    JsonNode again = runs().json("compare --task mnist --tune 2 --resume " + run);
    assertEquals(figures(whole), figures(again));
    assertEquals(now, Files.readAllLines(run.resolve("runs.csv")));
  }

  @Test
  void sideBySideLearnsTheSame() throws IOException {
    JsonNode apart = runs().json(tuned() + " --threads 1");
    JsonNode beside = runs().json(tuned() + " --threads 3 --side-by-side");
    assertEquals(figures(apart), figures(beside));
    Path run = Path.of(beside.get("run").asText());
    assertEquals(1 + 3 * 2 * 2, Files.readAllLines(run.resolve("tuning.csv")).size());
    assertEquals(1 + 3 * 2, Files.readAllLines(run.resolve("runs.csv")).size());
    assertTrue(Runs.files(run).contains("report.html"));
  }

  /// All that does not depend on how fast the machine is.
  private static Map<String, Object> figures(JsonNode result) {
    Map<String, Object> figures = new TreeMap<>();
    for (String list : List.of("rows", "tuned")) {
      for (JsonNode row : result.get(list)) {
        ((ObjectNode) row).remove("seconds");
      }
      figures.put(list, result.get(list));
    }
    figures.put("pairs", result.get("pairs"));
    return figures;
  }

  private static List<String> timeless(List<String> trials) {
    return trials.stream().map(line -> line.substring(0, line.lastIndexOf(','))).toList();
  }

  @Test
  void onlyTheSameGoesOn() throws IOException {
    String small = "compare --task xor --epochs 3 --rules backprop --chips sim:hfox?seed=1..2";
    Path run = Path.of(runs().json(small).get("run").asText());
    runs().call("compare --seed 4 --resume " + run).refused(2, "--resume", "--seed cannot");
    runs().call("compare --rules spsa --resume " + run).refused(2, "--rules cannot be given");
    runs().call("compare --tune 3 --resume " + run).refused(2, "--tune cannot be given");
    runs().call("compare --resume " + folder).refused(1, "manifest.json", "no such file");
    Path manifest = run.resolve("manifest.json");
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
    Files.writeString(manifest, root.put("commit", "0123").toString());
    runs().call("compare --resume " + run).refused(1, "begun with commit 0123", "begin anew");
    Files.writeString(manifest, root.put("command", "train").toString());
    runs().call("compare --resume " + run).refused(1, "of a run of 'train'");
    assertEquals(1, runs().all().size());
  }

  @Test
  void aRuleThatFailsDoesNotKeepTheOthersFromTheirTurn() throws IOException {
    Call call =
        runs()
            .call(
                "compare --task xor --epochs 3 --chips sim:hfox?seed=1..2 --json --rules"
                    + " lab.example.BrokenRule,spsa");
    assertEquals(1, call.code());
    assertTrue(call.err().contains("rule lab.example.BrokenRule failed"), call.err());
    JsonNode result = new ObjectMapper().readTree(call.out());
    assertEquals(List.of("spsa", "backprop"), result.get("rows").findValuesAsText("rule"));
    assertTrue(Runs.manifest(Path.of(result.get("run").asText())).get("interrupted").asBoolean());
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
