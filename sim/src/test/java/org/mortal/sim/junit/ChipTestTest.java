package org.mortal.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;
import static org.mortal.sim.junit.Samples.BAD;
import static org.mortal.sim.junit.Samples.LEFT_OUT;
import static org.mortal.sim.junit.Samples.SEEN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

class ChipTestTest {
  @TempDir Path folder;

  @BeforeEach
  void allAreWell() {
    Samples.allAreWell();
  }

  private ChipRuns run(Class<?> tests) {
    return ChipRuns.of(tests, folder, Map.of());
  }

  private ChipRuns run(Class<?> tests, String chip) {
    return ChipRuns.of(tests, folder, Map.of("mortal.chip", chip));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyChipIsAnInvocation() throws IOException {
    ChipRuns runs = run(Samples.EachMustPass.class);
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
    ChipRuns runs = run(Samples.AllParameters.class);
    assertEquals(1, runs.count(SUCCESSFUL), runs.toString());
    assertEquals(1, SEEN.size());
  }

  @Test
  void failingChipIsNamedKeptAndRunAgain() throws IOException {
    BAD.add("hfox-8x8-3");
    ChipRuns runs = run(Samples.EachMustPass.class);
    assertEquals(2, runs.count(SUCCESSFUL));
    String address = "sim:hfox?seed=3&rows=8&columns=8";
    String test = Samples.EachMustPass.class.getName() + "#well";
    String again = "mvn test '-Dtest=%s' '-Dmortal.chip=%s'".formatted(test, address);
    String message = runs.only(FAILED).message();
    assertEquals(2, kept().size(), "what happened, and the chip");
    Path state = kept().getFirst();
    Path file = kept().getLast();
    assertTrue(message.startsWith(address + ": a bad chip ==> "), message);
    assertTrue(message.endsWith("; kept in " + file + "; run it again: " + again), message);
    assertEquals(1, message.lines().count());
    String text = Files.readString(file);
    assertTrue(text.startsWith("chip: " + address + "\nstate: as it failed: "), text);
    assertTrue(text.contains("\ntest: " + test), text);
    String kept = address + "&state=" + state;
    assertTrue(text.contains(kept), text);
    try (Chip same = Chips.open(kept, Kernels.plain())) {
      assertEquals(SEEN.get(1).telemetry(), same.telemetry());
    }
    assertTrue(text.contains("Samples.judge"), "with its stack trace");

    ChipRuns alone = run(Samples.EachMustPass.class, address);
    assertEquals(1, alone.tests().size());
    assertEquals(address, alone.only(FAILED).name());

    BAD.clear();
    assertEquals(3, run(Samples.EachMustPass.class).count(SUCCESSFUL));
    assertEquals(List.of(), kept(), "a chip that is well again is not kept");
  }

  @Test
  void claimIsShownAsSoonAsItCanBe() {
    ChipRuns runs = run(Samples.Claim.class);
    assertEquals(36 + 1, runs.count(SUCCESSFUL));
    assertEquals(37, runs.tests().size());
    assertEquals(36, SEEN.size());
    assertEquals(
        "at least 90 % of chips pass, with 95 % confidence: shown by 36 chips, of which 0 failed",
        runs.tests().getLast().name());
  }

  @Test
  void chipsComeOneByOneWhereTestsRunInParallel() {
    Map<String, String> parallel =
        Map.of(
            "junit.jupiter.execution.parallel.enabled",
            "true",
            "junit.jupiter.execution.parallel.mode.default",
            "concurrent",
            "junit.jupiter.execution.parallel.config.strategy",
            "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism",
            "4");
    ChipRuns runs = ChipRuns.of(Samples.Claim.class, folder, parallel);
    assertEquals(36 + 1, runs.count(SUCCESSFUL));
    assertEquals(
        IntStream.rangeClosed(1, 36).mapToObj(seed -> "hfox-8x8-" + seed).toList(),
        SEEN.stream().map(Chip::id).toList());
  }

  @Test
  void chipsMayFailWithinAClaim() throws IOException {
    BAD.add("hfox-8x8-9");
    ChipRuns runs = run(Samples.Claim.class);
    assertEquals(48 + 1, runs.count(SUCCESSFUL));
    assertEquals(0, runs.count(FAILED));
    ChipRuns.Outcome one = runs.only(ABORTED);
    assertEquals("sim:hfox?seed=9&rows=8&columns=8", one.name());
    assertTrue(one.message().contains("run it again: mvn test"), one.message());
    assertEquals(2, kept().size());
    String verdict = runs.tests().getLast().name();
    assertTrue(verdict.endsWith("shown by 49 chips, of which 1 failed"), verdict);
    // Asked alone there is no claim that it could hide in.
    assertEquals(one.name(), run(Samples.Claim.class, one.name()).only(FAILED).name());
  }

  @Test
  void claimIsRefutedAsSoonAsItCanBe() {
    for (int seed = 1; seed <= 50; seed++) {
      BAD.add("hfox-8x8-" + seed);
    }
    ChipRuns runs = run(Samples.Claim.class);
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
    ChipRuns runs = run(Samples.Claim.class);
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
    ChipRuns runs = run(Samples.Claim.class);
    assertEquals(2, runs.count(ABORTED));
    assertEquals(36 + 1, runs.count(SUCCESSFUL));
    assertTrue(runs.tests().getLast().name().contains("shown by 36 chips, of which 0 failed"));
    assertEquals(List.of(), kept());
  }

  @Test
  void setUpThatFailsCountsOnce() {
    BAD.add("hfox-8x8-9");
    ChipRuns runs = run(Samples.SetUpFails.class);
    assertEquals("sim:hfox?seed=9&rows=8&columns=8", runs.only(ABORTED).name());
    assertEquals(48 + 1, runs.count(SUCCESSFUL));
    String verdict = runs.tests().getLast().name();
    assertTrue(verdict.contains("shown by 49 chips, of which 1 failed"), verdict);
  }

  @Test
  void populationTooSmallForItsClaimIsNotEvenBegun() {
    ChipRuns runs = run(Samples.TooFewChips.class);
    assertEquals(List.of(), runs.tests());
    assertTrue(runs.containers().getFirst().message().contains("takes 59 chips that all pass"));
    assertEquals(List.of(), SEEN);
    // Unless it is asked on another population, or on one chip.
    ChipRuns larger = run(Samples.TooFewChips.class, "sim:hfox?seed=1..59&rows=8&columns=8");
    assertEquals(59 + 1, larger.count(SUCCESSFUL));
    assertEquals(1, run(Samples.TooFewChips.class, "sim:ideal?rows=8&columns=8").count(SUCCESSFUL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serial:/dev/no-such-board", "lib:/no/such/libmortal.so", "replay:none.jsonl"})
  void absentBoardIsRed(String board) {
    for (Class<?> tests : List.of(Samples.EachMustPass.class, Samples.Claim.class)) {
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
    ChipRuns runs = run(Samples.EachMustPass.class, " ");
    assertEquals(List.of(), runs.tests());
    String message = runs.containers().getFirst().message();
    assertTrue(message.contains("mortal.chip or MORTAL_CHIP is set, but empty"), message);
  }

  /// The firmware as a library stands in for a board.
  @Test
  void sameTestRunsOnFirmware() {
    Path root = Path.of(System.getProperty("mortal.root", ".."));
    Path library = root.resolve("firmware/target/host/libmortal.so").toAbsolutePath().normalize();
    assumeTrue(
        Files.exists(library),
        "the firmware library was not built: apt-get install gcc make, then ./mvnw verify builds"
            + " it");
    String board = "lib:%s?rows=8&columns=8&arrays=3".formatted(library);
    ChipRuns runs = run(Samples.AllParameters.class, board);
    assertEquals(board, runs.only(SUCCESSFUL).name(), runs.toString());
    assertEquals(1, SEEN.size());
    assertTrue(SEEN.getFirst().firmware().startsWith("mortal"), SEEN.getFirst().firmware());
  }

  @Test
  void populationThatCannotBeOpenedIsRedOnce() {
    ChipRuns runs = run(Samples.NoSuchProfile.class);
    assertEquals(1, runs.tests().size());
    assertTrue(runs.only(FAILED).message().contains("unknown profile 'nope'"));
  }

  @Test
  void tileWithoutASizeIsRefused() {
    assertTrue(
        run(Samples.NoSize.class)
            .only(FAILED)
            .message()
            .contains("@ChipTest(inputs = 64, outputs = 10)"));
  }
}
