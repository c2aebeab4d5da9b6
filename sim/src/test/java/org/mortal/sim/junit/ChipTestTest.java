package org.mortal.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.kernel.Batch;
import org.mortal.tile.Tile;

class ChipTestTest {
  private static final String SMALL = "sim:hfox?seed=1..50&rows=8&columns=8";

  /// Ids of chips that the tests below find at fault, and of those that they leave out.
  private static final List<String> BAD = new ArrayList<>();

  private static final List<String> LEFT_OUT = new ArrayList<>();
  private static final List<Chip> SEEN = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void allAreWell() {
    BAD.clear();
    LEFT_OUT.clear();
    SEEN.clear();
  }

  private ChipRuns run(Class<?> tests) {
    return ChipRuns.of(tests, folder, Map.of());
  }

  private ChipRuns run(Class<?> tests, String chip) {
    return ChipRuns.of(tests, folder, Map.of("mortal.chip", chip));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void judge(Chip chip) {
    SEEN.add(chip);
    assumeFalse(LEFT_OUT.contains(chip.id()), "left out");
    assertFalse(BAD.contains(chip.id()), "a bad\n  chip");
  }

  static class EachMustPass {
    @ChipTest(chips = "sim:hfox?seed=2..3,7&rows=8&columns=8")
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class Claim {
    @ChipTest(chips = SMALL, atLeast = 0.9)
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class AllParameters {
    private Chip before;

    @BeforeEach
    void keep(Chip chip, TestInfo info) {
      before = chip;
      assertTrue(info.getDisplayName().startsWith("sim:"), info.getDisplayName());
    }

    @ChipTest(chips = "sim:hfox?seed=4&rows=8&columns=8", inputs = 20, outputs = 3)
    void theyBelongTogether(Crossbar array, Tile tile, Chip chip, TestInfo info) {
      assertSame(before, chip);
      assertSame(chip.arrays().getFirst(), array);
      assertEquals(8, array.geometry().rows());
      assertEquals(20, tile.inputs());
      Batch y = Batch.zeros(1, 3);
      tile.forward(Batch.zeros(1, 20), y);
      assertTrue(chip.telemetry().arrayReads() > 0, "the tile lies on the chip");
      SEEN.add(chip);
    }
  }

  static class SetUpFails {
    @BeforeEach
    void prepare(Chip chip) {
      assertNotNull(chip, "the verdict has none, and prepares none");
      judge(chip);
    }

    @AfterEach
    void tidyUp(Chip chip) {
      judge(chip);
    }

    @ChipTest(chips = SMALL, atLeast = 0.9)
    void well(Crossbar array) {
      assertNotNull(array);
    }
  }

  static class TooFewChips {
    @ChipTest(chips = SMALL, atLeast = 0.95)
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class NoSize {
    @ChipTest(chips = "sim:hfox?seed=1&rows=8&columns=8")
    void sized(Tile tile) {
      assertNotNull(tile);
    }
  }

  static class NoSuchProfile {
    @ChipTest(chips = "sim:nope?seed=1..50", atLeast = 0.9)
    void well(Chip chip) {
      judge(chip);
    }
  }

  @Test
  void everyChipIsAnInvocation() throws IOException {
    ChipRuns runs = run(EachMustPass.class);
    assertEquals(
        List.of(
            "sim:hfox?seed=2&rows=8&columns=8",
            "sim:hfox?seed=3&rows=8&columns=8",
            "sim:hfox?seed=7&rows=8&columns=8"),
        runs.tests().stream().map(ChipRuns.Outcome::name).toList());
    assertEquals(3, runs.count(SUCCESSFUL));
    assertEquals(
        List.of("hfox-8x8-2", "hfox-8x8-3", "hfox-8x8-7"), SEEN.stream().map(Chip::id).toList());
    assertEquals(List.of(), kept());
    for (Chip chip : SEEN) {
      Crossbar array = chip.arrays().getFirst();
      ChipException e =
          assertThrows(ChipException.class, () -> array.read(Batch.zeros(1, 8)), "left open");
      assertTrue(e.fault() instanceof Fault.Closed, e.getMessage());
    }
  }

  @Test
  void parametersAreOneChipsOwn() {
    ChipRuns runs = run(AllParameters.class);
    assertEquals(1, runs.count(SUCCESSFUL), runs.toString());
    assertEquals(1, SEEN.size());
  }

  @Test
  void failingChipIsNamedKeptAndRunAgain() throws IOException {
    BAD.add("hfox-8x8-3");
    ChipRuns runs = run(EachMustPass.class);
    assertEquals(2, runs.count(SUCCESSFUL));
    String address = "sim:hfox?seed=3&rows=8&columns=8";
    String test = EachMustPass.class.getName() + "#well";
    String again = "mvn test '-Dtest=%s' '-Dmortal.chip=%s'".formatted(test, address);
    String message = runs.only(FAILED).message();
    Path file = kept().getFirst();
    assertEquals(1, kept().size());
    assertTrue(message.startsWith(address + ": a bad chip ==> "), message);
    assertTrue(message.endsWith("; kept in " + file + "; run it again: " + again), message);
    assertEquals(1, message.lines().count());
    String text = Files.readString(file);
    assertTrue(text.startsWith("chip: " + address + "\ntest: " + test), text);
    assertTrue(text.contains("ChipTestTest.judge"), "with its stack trace");

    ChipRuns alone = run(EachMustPass.class, address);
    assertEquals(1, alone.tests().size());
    assertEquals(address, alone.only(FAILED).name());

    BAD.clear();
    assertEquals(3, run(EachMustPass.class).count(SUCCESSFUL));
    assertEquals(List.of(), kept(), "a chip that is well again is not kept");
  }

  @Test
  void claimIsShownAsSoonAsItCanBe() {
    ChipRuns runs = run(Claim.class);
    assertEquals(36 + 1, runs.count(SUCCESSFUL));
    assertEquals(37, runs.tests().size());
    assertEquals(36, SEEN.size());
    assertEquals(
        "at least 90 % of chips pass, with 95 % confidence: shown by 36 chips, of which 0 failed",
        runs.tests().getLast().name());
  }

  @Test
  void chipsMayFailWithinAClaim() throws IOException {
    BAD.add("hfox-8x8-9");
    ChipRuns runs = run(Claim.class);
    assertEquals(48 + 1, runs.count(SUCCESSFUL));
    assertEquals(0, runs.count(FAILED));
    ChipRuns.Outcome one = runs.only(ABORTED);
    assertEquals("sim:hfox?seed=9&rows=8&columns=8", one.name());
    assertTrue(one.message().contains("run it again: mvn test"), one.message());
    assertEquals(1, kept().size());
    String verdict = runs.tests().getLast().name();
    assertTrue(verdict.endsWith("shown by 49 chips, of which 1 failed"), verdict);
    // Asked alone there is no claim that it could hide in.
    assertEquals(one.name(), run(Claim.class, one.name()).only(FAILED).name());
  }

  @Test
  void claimIsRefutedAsSoonAsItCanBe() {
    for (int seed = 1; seed <= 50; seed++) {
      BAD.add("hfox-8x8-" + seed);
    }
    ChipRuns runs = run(Claim.class);
    assertEquals(4, runs.count(ABORTED));
    assertTrue(
        runs.only(FAILED).message().contains("refuted by 4 chips, of which 4 failed (sim:hfox"),
        runs.only(FAILED).message());
    assertEquals(5, runs.tests().size());
    assertEquals(List.of(), runs.containers());
  }

  @Test
  void whatIsNotShownIsRed() {
    BAD.addAll(Set.of("hfox-8x8-10", "hfox-8x8-20"));
    ChipRuns runs = run(Claim.class);
    assertEquals(51, runs.tests().size());
    assertEquals(2, runs.count(ABORTED));
    String message = runs.only(FAILED).message();
    assertTrue(message.contains("undecided by 50 chips, of which 2 failed"), message);
    assertTrue(message.endsWith("; of 50, 1 may: give more seeds, or claim less"), message);
    assertTrue(message.contains("(sim:hfox?seed=10&rows=8&columns=8, sim:hfox?seed=20"), message);
    assertTrue(message.startsWith(runs.tests().getLast().name()), message);
  }

  @Test
  void chipsThatAreLeftOutDoNotCount() throws IOException {
    LEFT_OUT.addAll(Set.of("hfox-8x8-1", "hfox-8x8-2"));
    ChipRuns runs = run(Claim.class);
    assertEquals(2, runs.count(ABORTED));
    assertEquals(36 + 1, runs.count(SUCCESSFUL));
    assertTrue(runs.tests().getLast().name().contains("shown by 36 chips, of which 0 failed"));
    assertEquals(List.of(), kept());
  }

  @Test
  void setUpThatFailsCountsOnce() {
    BAD.add("hfox-8x8-9");
    ChipRuns runs = run(SetUpFails.class);
    assertEquals("sim:hfox?seed=9&rows=8&columns=8", runs.only(ABORTED).name());
    assertEquals(48 + 1, runs.count(SUCCESSFUL));
    String verdict = runs.tests().getLast().name();
    assertTrue(verdict.contains("shown by 49 chips, of which 1 failed"), verdict);
  }

  @Test
  void populationTooSmallForItsClaimIsNotEvenBegun() {
    ChipRuns runs = run(TooFewChips.class);
    assertEquals(List.of(), runs.tests());
    assertTrue(runs.containers().getFirst().message().contains("takes 59 chips that all pass"));
    assertEquals(List.of(), SEEN);
    // Unless it is asked on another population, or on one chip.
    ChipRuns larger = run(TooFewChips.class, "sim:hfox?seed=1..59&rows=8&columns=8");
    assertEquals(59 + 1, larger.count(SUCCESSFUL));
    assertEquals(1, run(TooFewChips.class, "sim:ideal?rows=8&columns=8").count(SUCCESSFUL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serial:/dev/no-such-board", "lib:/no/such/libmortal.so", "replay:none.jsonl"})
  void absentBoardIsRed(String board) {
    for (Class<?> tests : List.of(EachMustPass.class, Claim.class)) {
      ChipRuns runs = run(tests, board);
      assertEquals(1, runs.tests().size());
      String message = runs.only(FAILED).message();
      assertTrue(message.contains(board), message);
      assertEquals(1, message.lines().count());
    }
    assertEquals(List.of(), SEEN);
  }

  @Test
  void boardThatWasNotFilledInIsRed() {
    ChipRuns runs = run(EachMustPass.class, " ");
    assertEquals(List.of(), runs.tests());
    String message = runs.containers().getFirst().message();
    assertTrue(message.contains("mortal.chip or MORTAL_CHIP is set, but empty"), message);
  }

  @Test
  void populationThatCannotBeOpenedIsRedOnce() {
    ChipRuns runs = run(NoSuchProfile.class);
    assertEquals(1, runs.tests().size());
    assertTrue(runs.only(FAILED).message().contains("unknown profile 'nope'"));
  }

  @Test
  void tileWithoutASizeIsRefused() {
    assertTrue(
        run(NoSize.class).only(FAILED).message().contains("@ChipTest(inputs = 64, outputs = 10)"));
  }
}
