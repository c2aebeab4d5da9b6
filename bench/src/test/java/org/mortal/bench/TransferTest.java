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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `transfer`, `mutual` and `noise`: what they say and leave.
@Timeout(60)
class TransferTest {
  private static final int EPOCHS = 20;
  private static final String SMALL_ARRAYS = "&rows=64&columns=64";

  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    IdxSet.write(data);
  }

  private static String small(String command) {
    return "%s --task mnist --layers 64,16,4 --epochs %d --data %s"
        .formatted(command, EPOCHS, data);
  }

  @Test
  void heirsComeNearerHomeThanCopies() throws IOException {
    JsonNode result =
        runs()
            .json(
                small("transfer") + " --examples 50,200 --steps 60 --bits 6",
                "--from",
                "sim:hfox-harsh?seed=1" + SMALL_ARRAYS,
                "--to",
                "sim:hfox-harsh?seed=2..3" + SMALL_ARRAYS,
                "--ways",
                "matched,matched-afresh,soft-targets,soft-targets-afresh");
    // Each heir is copied, and distilled in four ways from two sets.
    assertEquals(2 * (1 + 4 * 2), result.get("rows").size());
    assertEquals(1 + 4 * 2, result.get("summaries").size());
    assertFalse(result.get("interrupted").asBoolean());
    double copied = mean(result, "copied", 0);
    assertEquals(copied, result.get("copied").asDouble(), 1e-12);
    assertEquals(mean(result, "matched", 200), result.get("distilled").asDouble(), 1e-12);
    assertTrue(result.get("worstDistilled").asDouble() >= result.get("distilled").asDouble());
    double home = result.get("home").asDouble();
    assertTrue(result.get("distilled").asDouble() <= copied + 0.02, result.toString());
    assertTrue(result.get("distilled").asDouble() <= home + 0.02, result.toString());
    assertBits(result);

    Path run = Path.of(result.get("run").asText());
    assertTrue(
        Runs.files(run)
            .containsAll(
                Set.of("manifest.json", "heirs.csv", "error-examples.png", "error-bits.png")),
        Runs.files(run).toString());
    assertEquals(1 + 18, Files.readAllLines(run.resolve("heirs.csv")).size());
    assertEquals(result.get("distilled"), Runs.manifest(run).get("results").get("distilled"));
  }

  /// Weights take 9 bits, for 500 steps; 16 biases and a head of 16 x 4 and 4 numbers take 32 bits each.
  private static void assertBits(JsonNode result) {
    long tiles = 64 * 16 * 9 + 16 * 32;
    long head = (16 * 4 + 4) * 32;
    assertEquals(tiles, result.get("copyBits").get("tiles").asLong());
    assertEquals(head, result.get("copyBits").get("heads").asLong());
    for (JsonNode row : result.get("summaries")) {
      long examples = row.get("examples").asLong();
      long each = row.get("bitsPerExample").asLong();
      long sent = row.get("bits").asLong();
      switch (row.get("way").asText()) {
        case "copied" -> assertEquals(tiles + head, sent);
        case "matched" -> assertEquals(tiles + head + examples * 16 * 6, sent);
        case "matched-afresh" -> assertEquals(head + examples * 16 * 6, sent);
        case "soft-targets" -> assertEquals(tiles + head + examples * 4 * 6, sent);
        default -> assertEquals(examples * 4 * 6, sent);
      }
      assertEquals(row.get("way").asText().equals("copied"), each == 0);
    }
  }

  private static double mean(JsonNode result, String way, int examples) {
    double sum = 0;
    int count = 0;
    for (JsonNode row : result.get("rows")) {
      if (row.get("way").asText().equals(way) && row.get("examples").asInt() == examples) {
        sum += row.get("testError").asDouble();
        count++;
      }
    }
    assertEquals(2, count, way);
    return sum / count;
  }

  @Test
  void aCopyIsThatOfTraining() {
    JsonNode result =
        runs()
            .json(
                small("transfer") + " --examples 10 --steps 1 --seed 4",
                "--from",
                "sim:hfox-harsh?seed=6" + SMALL_ARRAYS,
                "--to",
                "sim:hfox-harsh?seed=7" + SMALL_ARRAYS);
    JsonNode trained =
        runs()
            .json(
                small("train") + " --seed 4",
                "--chip",
                "sim:hfox-harsh?seed=6" + SMALL_ARRAYS,
                "--copy-to",
                "sim:hfox-harsh?seed=7" + SMALL_ARRAYS);
    assertEquals(trained.get("testError"), result.get("home"));
    assertEquals(trained.get("copied"), result.get("copied"));
  }

  @Test
  void chipsThatLearnTogetherStandBesideThoseAlone() throws IOException {
    JsonNode result = runs().json(small("mutual"), "--chips", "sim:hfox?seed=1..2" + SMALL_ARRAYS);
    List<String> ways = result.get("rows").findValuesAsText("way");
    assertEquals(List.of("alone", "mutual", "averaged"), ways);
    for (JsonNode row : result.get("rows")) {
      assertEquals(2, row.get("errors").size());
      assertTrue(row.get("ensemble").asDouble() < 0.1, row.toString());
      assertTrue(row.get("worst").asDouble() < 0.1, row.toString());
    }
    JsonNode alone = result.get("rows").get(0);
    JsonNode mutual = result.get("rows").get(1);
    JsonNode averaged = result.get("rows").get(2);
    assertEquals(0, alone.get("bits").asLong());
    // 600 pictures an epoch, 4 classes; each peer reads every batch once more, to answer.
    assertEquals(EPOCHS * 600 * 4 * 32, mutual.get("bits").asLong());
    assertEquals(alone.get("queries").asLong() + EPOCHS * 600, mutual.get("queries").asLong());
    assertEquals(EPOCHS * (64 * 16 + 16 + 16 * 4 + 4) * 32, averaged.get("bits").asLong());
    assertEquals(averaged.get("errors").get(0), averaged.get("errors").get(1));
    assertEquals(averaged.get("ensemble"), averaged.get("errors").get(0));
    JsonNode trained =
        runs().json(small("train"), "--chip", "sim:hfox?seed=2" + SMALL_ARRAYS, "--seed", "2");
    assertEquals(trained.get("testError"), alone.get("errors").get(1));
    Path run = Path.of(result.get("run").asText());
    assertEquals(Set.of("manifest.json", "arms.csv", "errors.png"), Runs.files(run));
  }

  @Test
  void noiseHurtsMostWhereItWasNotTrainedWith() throws IOException {
    JsonNode result =
        runs().json(small("noise"), "--levels", "8,0", "--chips", "sim:hfox?seed=1" + SMALL_ARRAYS);
    assertEquals(4, result.get("rows").size());
    double[][] error = new double[2][2];
    for (JsonNode row : result.get("rows")) {
      int train = row.get("trainLevel").asDouble() > 0 ? 1 : 0;
      int test = row.get("testLevel").asDouble() > 0 ? 1 : 0;
      error[train][test] = row.get("medianValidation").asDouble();
    }
    assertTrue(error[0][1] > error[0][0], result.toString());
    assertTrue(error[0][1] > error[1][1], result.toString());
    JsonNode trained =
        runs().json(small("train"), "--chip", "sim:hfox?seed=1&noise=0" + SMALL_ARRAYS);
    assertEquals(
        trained.get("validationError").asDouble(), error[0][0], "the same cells, read again");
    Path run = Path.of(result.get("run").asText());
    assertEquals(Set.of("manifest.json", "noise.csv", "error-noise.png"), Runs.files(run));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transfer --ways nope            | unknown way 'nope': choose of matched, matched-afresh",
        "transfer --to sim:hfox?seed=1..2 | sim:hfox?seed=1 of --to is home itself: name others",
        "transfer --to sim:nope          | unknown profile 'nope'",
        "transfer --examples 5           | --examples 5: task xor has 4 training examples",
        "transfer --examples 0           | --examples must be a whole number of at least 1",
        "transfer --bits 17              | --bits must be from 1 to 16, not 17",
        "transfer --rule backprop        | no chip learns by it: give --ways without soft targets",
        "transfer --temperature 0        | --temperature must be a positive number",
        "transfer --rule nope            | unknown rule 'nope'",
        "mutual --chips sim:hfox?seed=1  | --chips names one chip",
        "mutual --share 2                | --share must be a share from 0 to below 1",
        "mutual --rule backprop          | rule backprop runs in exact software",
        "noise --levels -1               | --levels must be a number of at least 0",
        "noise --chips lib:x             | only simulated chips have a noise that can be set",
        "noise --rule backprop           | rule backprop runs in exact software",
      })
  void wrongCallsEndWithTwo(String call, String message) {
    runs().call(call + " --task xor").refused(2, message);
    assertEquals(List.of(), runs().all(), "nothing was begun, so nothing is kept");
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
