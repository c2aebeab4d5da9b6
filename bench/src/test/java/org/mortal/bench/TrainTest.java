package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Goal;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// What `train` says and leaves, on the tasks that need no files.
@Timeout(60)
class TrainTest {
  private static final String TINY = "train --layers 784,16,10 --epochs 0.05";

  @TempDir Path folder;

  static List<String> rules() {
    return Rules.names(new Goal.Labels());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleLeavesAWholeRun(String rule) throws IOException {
    JsonNode result = runs().json(TINY, "--rule", rule);
    assertRange(0, 1, result.get("testError"));
    assertRange(0, 1, result.get("validationError"));
    // A twentieth of 12,000 pictures, each sent through at least once.
    assertRange(576, 40_000, result.get("deviceQueries"));
    double examples =
        result.get("deviceQueries").asDouble() / result.get("queriesPerSample").asDouble();
    // In whole batches: of 200 by most rules, of 64 by one.
    assertTrue(Set.of(600L, 576L).contains(Math.round(examples)), rule + ": " + examples);
    assertEquals(Math.rint(examples), examples, 1e-9);
    assertTrue(result.get("cellWrites").isIntegralNumber());
    assertRange(0, 60, result.get("seconds"));
    boolean onChip = !rule.equals("backprop");
    assertEquals(onChip, result.get("energyJoules").asDouble() > 0);
    assertFalse(result.get("interrupted").asBoolean());
    assertTrue(result.get("copied").isNull() && result.get("repeated").isNull());

    Path run = Path.of(result.get("run").asText());
    assertEquals(runs().only(), run);
    Set<String> expected =
        new TreeSet<>(
            Set.of(
                "manifest.json",
                "curve.csv",
                "learning-curve.png",
                "layer-1-weights.npy",
                "layer-1-bias.npy",
                "layer-1-head-weights.npy",
                "layer-1-head-bias.npy"));
    if (onChip) {
      expected.add("conductances.png");
    }
    assertEquals(expected, Runs.files(run));
    assertPictures(run, expected);
    assertLearned(run);

    List<String> curve = Files.readAllLines(run.resolve("curve.csv"));
    assertEquals(
        "epoch,validationError,deviceQueries,cellWrites,energyJoules,seconds", curve.getFirst());
    assertEquals(2, curve.size());
    // The only epoch ends with training, and so has cost what all of it cost.
    String[] figures = curve.getLast().split(",");
    assertEquals(result.get("deviceQueries").asText(), figures[2]);
    assertEquals(result.get("cellWrites").asText(), figures[3]);
    assertEquals(result.get("energyJoules").asDouble(), Double.parseDouble(figures[4]));
    assertEquals(0.05, Double.parseDouble(figures[0]), 0.003);
    assertEquals(result.get("validationError").asText(), figures[1]);

    JsonNode manifest = Runs.manifest(run);
    assertEquals("train", manifest.get("command").asText());
    assertEquals(rule, manifest.get("arguments").get("--rule").asText());
    assertEquals("784,16,10", manifest.get("arguments").get("--layers").asText());
    assertEquals(onChip ? "hfox-256x256-1" : "exact", manifest.get("chipId").asText());
    assertFalse(manifest.get("interrupted").asBoolean());
    for (String figure :
        List.of(
            "testError",
            "validationError",
            "deviceQueries",
            "queriesPerSample",
            "cellWrites",
            "energyJoules",
            "seconds")) {
      assertEquals(result.get(figure), manifest.get("results").get(figure), figure);
    }
  }

  @Test
  void fastWeightsLeaveACurveOfRecall() throws IOException {
    String call =
        "train --task associative-recall --rule fast-weights --layers 32,16,8 --epochs 0.1";
    Path run = Path.of(runs().json(call).get("run").asText());
    List<String> rows = Files.readAllLines(run.resolve("recall.csv"));
    assertEquals("times,seconds,heard,recalled", rows.getFirst());
    // Twelve times since, told once or four times, by each memory, by both, and by none.
    assertEquals(1 + 12 * 2 * 4, rows.size());
    assertTrue(Files.size(run.resolve("recall.png")) > 0);
  }

  private static void assertPictures(Path run, Set<String> files) throws IOException {
    for (String file : files) {
      if (file.endsWith(".png")) {
        assertNotNull(ImageIO.read(run.resolve(file).toFile()), file);
      }
    }
  }

  private static void assertLearned(Path run) {
    assertArrayEquals(new long[] {784, 16}, load(run, "layer-1-weights.npy").shape());
    assertArrayEquals(new long[] {1, 16}, load(run, "layer-1-bias.npy").shape());
    assertArrayEquals(new long[] {16, 10}, load(run, "layer-1-head-weights.npy").shape());
    assertArrayEquals(new long[] {1, 10}, load(run, "layer-1-head-bias.npy").shape());
    INDArray weights = load(run, "layer-1-weights.npy");
    // The first weights are spread by 1.2 over the root of 784; a chip's window ends at 0.5.
    assertEquals(0.043, weights.stdNumber().doubleValue(), 0.03);
    assertTrue(weights.amaxNumber().doubleValue() < 1, weights.amaxNumber() + " is no weight");
  }

  private static INDArray load(Path run, String file) {
    return Nd4j.createFromNpyFile(run.resolve(file).toFile());
  }

  @Test
  void theTextSaysWhatTheManifestKeeps() throws IOException {
    Call call = runs().call(TINY);
    assertEquals(0, call.code(), call.err());
    assertEquals("", call.err());
    JsonNode results = Runs.manifest(runs().only()).get("results");
    List<String> lines = call.out().lines().toList();
    assertEquals("digits by local-cross-entropy on hfox-256x256-1, seed 1", lines.getFirst());
    assertEquals("kept in " + runs().only(), lines.getLast());
    assertTrue(call.out().contains("test error        " + percent(results, "testError")));
    assertTrue(call.out().contains("validation error  " + percent(results, "validationError")));
    assertTrue(call.out().contains("J\n"), call.out());
    assertFalse(call.out().contains("null"), call.out());
  }

  @Test
  void anyRuleTrainsInExactArithmeticToo() throws IOException {
    JsonNode result = runs().json(TINY, "--rule", "forward-forward", "--chip", "exact");
    assertEquals(0, result.get("energyJoules").asDouble());
    Path run = Path.of(result.get("run").asText());
    assertEquals("exact", Runs.manifest(run).get("chipId").asText());
    assertFalse(Runs.files(run).contains("conductances.png"));
    assertLearned(run);
  }

  private static String percent(JsonNode results, String figure) {
    return "%.2f %%\n".formatted(100 * results.get(figure).asDouble());
  }

  @Test
  void queriesAreABudget() {
    JsonNode result = runs().json("train --layers 784,16,10 --queries 20000");
    // It ends with the step that spends the last of them: 200 pictures, a slope table at most.
    assertRange(20_000, 25_000, result.get("deviceQueries"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void xorIsSolvedByWhatIsDefault(int seed) {
    JsonNode result = runs().json("train --task xor --seed " + seed);
    assertEquals(0, result.get("testError").asDouble());
    assertEquals(0, result.get("validationError").asDouble());
    assertNotEquals(0, result.get("cellWrites").asInt());
  }

  private static void assertRange(double low, double high, JsonNode value) {
    assertTrue(value.isNumber(), value + " is no number");
    double number = value.asDouble();
    assertTrue(low <= number && number <= high, number + " outside " + low + " to " + high);
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
