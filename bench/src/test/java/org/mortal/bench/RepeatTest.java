package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Goal;

/// The same call gives the same figures, and a manifest is enough to call again.
@Timeout(60)
class RepeatTest {
  private static final String SMALL = "train --task mnist --layers 64,24,16,4 --epochs 2 --data ";

  /// A chip of small arrays is made and read in no time.
  private static final String CHIP = "sim:hfox?rows=64&columns=64&seed=";

  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    IdxSet.write(data);
  }

  static List<String> rules() {
    return Rules.names(new Goal.Labels());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void figuresDependOnSeedsAndNothingElse(String rule) {
    JsonNode first = train(rule, 1, 1, 1);
    assertEquals(Runs.figures(first), Runs.figures(train(rule, 1, 1, 1)));
    assertEquals(Runs.figures(first), Runs.figures(train(rule, 1, 1, 2)));
    assertNotEquals(Runs.figures(first), Runs.figures(train(rule, 1, 2, 2)), "another seed");
    if (!rule.equals("backprop")) {
      assertNotEquals(Runs.figures(first), Runs.figures(train(rule, 2, 1, 2)), "another chip");
    }
  }

  private JsonNode train(String rule, int chip, int seed, int threads) {
    return runs()
        .json(
            SMALL + data,
            "--rule",
            rule,
            "--chip",
            CHIP + chip,
            "--seed",
            String.valueOf(seed),
            "--threads",
            String.valueOf(threads));
  }

  @Test
  void aManifestRepeatsItsRun() throws IOException {
    JsonNode first =
        runs()
            .json(
                SMALL + data,
                "--seed",
                "5",
                "--rate",
                "0.003",
                "--dropout",
                "0.1,0.25",
                "--augment",
                "shift=1,turn=0.1",
                "--test-reads",
                "5",
                "--chip",
                CHIP + 8,
                "--copy-to",
                CHIP + 9);
    Path manifest = manifest(first);
    JsonNode again = runs().json("train --threads 1 --manifest " + manifest);
    assertTrue(again.get("repeated").asBoolean());
    assertEquals(first.get("testError"), again.get("testError"));
    assertEquals(first.get("copied"), again.get("copied"));
    assertNotEquals(first.get("run"), again.get("run"));
    // A repeat can be repeated, and a data set may have moved.
    Path moved = Files.createDirectory(folder.resolve("moved"));
    IdxSet.write(moved);
    JsonNode third = runs().json("train --manifest " + manifest(again), "--data", moved.toString());
    assertTrue(third.get("repeated").asBoolean());
    Call text = runs().call("train --manifest " + manifest);
    assertTrue(text.out().contains("came again\n"), text.out());
    assertTrue(text.out().contains("% on " + CHIP + "9\n"), text.out());
  }

  @Test
  void figuresThatDifferAreSeen() throws IOException {
    Path manifest = manifest(runs().json(SMALL + data));
    for (String figure : List.of("testError", "deviceQueries", "energyJoules")) {
      Path doctored = change(manifest, root -> results(root).put(figure, 0.123456));
      assertFalse(runs().json("train --manifest " + doctored).get("repeated").asBoolean(), figure);
    }
    Path lacking = change(manifest, root -> results(root).remove("cellWrites"));
    Call call = runs().call("train --manifest " + lacking);
    assertEquals(0, call.code());
    assertTrue(call.out().contains("did NOT come again"), call.out());
    // How long it took is no figure to repeat.
    Path slower = change(manifest, root -> results(root).put("seconds", 1e9));
    assertTrue(runs().json("train --manifest " + slower).get("repeated").asBoolean());
  }

  @Test
  void manifestsThatCannotBeRepeatedAreRefused() throws IOException {
    Path manifest = manifest(runs().json(SMALL + data));
    int before = runs().all().size();
    refuse(1, change(manifest, root -> root.put("command", "compare")), "of a run of 'compare'");
    refuse(1, folder.resolve("nowhere.json"), "no such file");
    Path half = folder.resolve("half.json");
    String whole = Files.readString(manifest);
    Files.writeString(half, whole.substring(0, whole.length() / 2));
    refuse(1, half, "is no manifest");
    for (String option : List.of("--task", "--rule", "--chip", "--seed", "--slope")) {
      refuse(2, change(manifest, root -> arguments(root).remove(option)), option);
    }
    refuse(2, change(manifest, root -> arguments(root).put("--epochs", "few")), "--epochs", "few");
    refuse(2, change(manifest, root -> arguments(root).put("--task", "nope")), "unknown task");
    refuse(2, change(manifest, root -> arguments(root).put("--data", "a\0b")), "--data");
    runs().call("train --seed 3 --manifest " + manifest).refused(2, "--seed cannot be given");
    assertEquals(before, runs().all().size(), "a refused call leaves nothing behind");
  }

  private void refuse(int code, Path manifest, String... parts) {
    runs().call("train --manifest " + manifest).refused(code, parts);
  }

  private static Path manifest(JsonNode result) {
    return Path.of(result.get("run").asText()).resolve("manifest.json");
  }

  private static ObjectNode results(ObjectNode root) {
    return (ObjectNode) root.get("results");
  }

  private static ObjectNode arguments(ObjectNode root) {
    return (ObjectNode) root.get("arguments");
  }

  /// A copy of a manifest with something changed in it.
  private Path change(Path manifest, Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
    change.accept(root);
    return Files.writeString(folder.resolve("changed.json"), root.toString());
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
