package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A place that cannot be written to is found out before training; where it breaks away later, the
/// figures are not lost.
@Timeout(60)
class LateFailureTest {
  private static final String TRAIN =
      "train --task xor --epochs 20 --rule " + SabotageRule.class.getName();

  @TempDir Path folder;
  private final AtomicInteger steps = new AtomicInteger();
  private Runs runs;

  @BeforeEach
  void begin() {
    runs = new Runs(folder.resolve("runs"));
    SabotageRule.deed = steps::incrementAndGet;
  }

  @AfterEach
  void end() {
    SabotageRule.deed = () -> {};
  }

  @Test
  void placesWithoutRoomAreFoundOutBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    new Runs(file).call(TRAIN).refused(1, "cannot make a run folder", "file", "--runs DIR");
    new Runs(file.resolve("deeper")).call(TRAIN).refused(1, "cannot make a run folder");
    String compare = TRAIN.replace("train", "compare").replace("--rule", "--rules");
    new Runs(file).call(compare).refused(1, "cannot make a run folder");
    String measure = compare.replace("compare", "measure rules");
    new Runs(file).call(measure).refused(1, "cannot make a run folder");
    assertEquals(0, steps.get(), "nothing was trained");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReadOnlyFileSystemIsFoundOutBeforeTraining() {
    new Runs(Path.of("/proc")).call(TRAIN).refused(1, "cannot make a run folder in /proc");
    assertEquals(0, steps.get(), "nothing was trained");
  }

  @Test
  void aFolderThatGoesAwayDoesNotTakeTheFiguresAlong() throws IOException {
    SabotageRule.deed = this::removeRuns;
    Call call = runs.call(TRAIN + " --json");
    assertLate(call, "no such file", "-train-1");
    JsonNode result = new ObjectMapper().readTree(call.out());
    assertTrue(result.get("testError").isNumber() && result.get("deviceQueries").asInt() >= 80);
    assertFalse(Files.exists(runs.folder()));
    Call text = runs.call(TRAIN);
    assertLate(text, "no such file");
    assertTrue(text.out().contains("test error  "), text.out());
  }

  @Test
  void aComparisonGoesOnWithoutItsFolder() throws IOException {
    SabotageRule.deed = this::removeRuns;
    Call call =
        runs.call(
            "compare --task xor --epochs 5 --json --chips sim:hfox?seed=1..2 --rules "
                + SabotageRule.class.getName());
    assertLate(call, "-compare-1");
    assertEquals(2, new ObjectMapper().readTree(call.out()).get("rows").size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatIsFullCostsOnlyWhatDoesNotFit() throws IOException {
    SabotageRule.deed = () -> fill("learning-curve.png");
    Call call = runs.call(TRAIN + " --json");
    assertLate(call, "learning-curve.png", "No space left on device");
    JsonNode result = new ObjectMapper().readTree(call.out());
    Path run = runs.only();
    assertTrue(
        Runs.files(run)
            .containsAll(Set.of("layer-1-weights.npy", "curve.csv", "conductances.png")));
    assertEquals(result.get("testError"), Runs.manifest(run).get("results").get("testError"));
    assertEquals(21, Files.readAllLines(run.resolve("curve.csv")).size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatWasLearnedIsMissedAsWell() throws IOException {
    SabotageRule.deed = () -> fill("layer-1-weights.npy");
    Call call = runs.call(TRAIN);
    assertLate(call, "cannot save what was learned", "No space left on device");
    assertTrue(Runs.files(runs.only()).contains("learning-curve.png"));
  }

  @Test
  void aBugInARuleIsNotCalledOneOfOurs() {
    Call call = runs.call("train --task xor --rule lab.example.BrokenRule");
    call.refused(1, "rule lab.example.BrokenRule failed", "no such layer", "--debug");
    assertFalse(call.err().contains("bug in mortal"), call.err());
    assertTrue(
        runs.call("train --task xor --debug --rule lab.example.BrokenRule")
            .err()
            .contains("BrokenRule.estimate"));
  }

  private void assertLate(Call call, String... parts) {
    assertEquals(1, call.code(), call.err());
    assertEquals(1, call.err().lines().count(), call.err());
    for (String part : parts) {
      assertTrue(call.err().contains(part), call.err());
    }
  }

  private void removeRuns() {
    for (Path run : runs.all()) {
      try (Stream<Path> files = Files.list(run)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
        Files.delete(run);
        Files.delete(runs.folder());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void fill(String file) {
    Path path = runs.only().resolve(file);
    if (Files.exists(path)) {
      return;
    }
    try {
      Files.createSymbolicLink(path, Path.of("/dev/full"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
