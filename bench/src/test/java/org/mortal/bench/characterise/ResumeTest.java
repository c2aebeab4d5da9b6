package org.mortal.bench.characterise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;

/// Runs that end early at any step, and within one.
@Timeout(60)
class ResumeTest {
  private static final String ADDRESS = "sim:hfox?rows=4&columns=4";
  private static final Wishes FEW = new Wishes(null, null, null, null, 0.5, 5, 1, 2, 3, null);

  /// A first reading at once, whatever the kind.
  private static final Wishes SHORT =
      new Wishes(null, null, null, null, 0.0, 1, 3, 2, 3, new double[] {1, 2, 3});

  /// What ends a process here.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path folder;
  private RunFolder run;
  private Path journal;

  @BeforeEach
  void makeFolder() {
    run = RunFolder.create(folder, "test");
    journal = run.file("journal.log");
  }

  private static Characteriser pulses(Chip chip) {
    return Bench.of(chip, Kind.PULSE, new Region(0, 1, 2, 2), FEW);
  }

  private boolean run(Characteriser characteriser, boolean resumed, IntConsumer done) {
    try (Interruption interruption = Interruption.listen()) {
      return characteriser.run(run, resumed, interruption, done);
    }
  }

  private void runUntil(Characteriser characteriser, int last) {
    IntConsumer end =
        done -> {
          if (done == last) {
            throw new Killed();
          }
        };
    assertThrows(Killed.class, () -> run(characteriser, false, end));
  }

  private static List<Reading> planned(Readings readings) {
    return readings.all().stream().filter(r -> r.label().phase() != Phase.RESUMED).toList();
  }

  @Test
  void aRunGoesOnAfterAnyStep() throws IOException {
    int steps;
    try (Chip chip = Bench.open(ADDRESS)) {
      steps = pulses(chip).plan().steps().size();
    }
    for (int last = 1; last < steps; last++) {
      Files.deleteIfExists(journal);
      try (Chip chip = Bench.open(ADDRESS)) {
        Characteriser characteriser = pulses(chip);
        runUntil(characteriser, last);
        assertTrue(run(characteriser, true, _ -> {}));
        Readings readings = characteriser.readings(run);
        PlanCost cost = characteriser.cost();
        assertEquals(cost.pulses(), chip.telemetry().pulses(), "after step " + last);
        assertEquals(cost.points(), 4L * planned(readings).size());
        assertEquals(1, readings.resumptions().size());
        assertTrue(readings.all().stream().noneMatch(Reading::uncertain));
        double waits =
            characteriser.plan().steps().stream().filter(Step.Wait.class::isInstance).count() * 0.5;
        assertEquals(waits, readings.all().getLast().seconds(), 0.01);
      }
    }
  }

  @Test
  void pulsesThatWereUnderWayAreNotGivenAgain() throws IOException {
    try (Chip chip = Bench.open(ADDRESS)) {
      Characteriser characteriser = pulses(chip);
      int pulse = place(characteriser.plan(), 2);
      runUntil(characteriser, pulse + 1);
      long given = chip.telemetry().pulses();
      // As if the process had died before it could say that they were.
      List<String> lines = Files.readAllLines(journal);
      assertTrue(lines.get(lines.size() - 2).contains("BEGUN"), lines.toString());
      Files.write(journal, lines.subList(0, lines.size() - 1));

      assertTrue(run(characteriser, true, _ -> {}));
      Readings readings = characteriser.readings(run);
      assertEquals(characteriser.cost().pulses(), chip.telemetry().pulses());
      assertTrue(given < chip.telemetry().pulses());
      List<Reading> uncertain = readings.all().stream().filter(Reading::uncertain).toList();
      // The cells as they were found, and the reading that the plan wants before the next pulses.
      assertEquals(2, uncertain.size());
      assertEquals(Phase.RESUMED, uncertain.getFirst().label().phase());
      assertEquals(pulse, uncertain.getFirst().step());
      assertTrue(uncertain.getLast().step() > pulse);
      assertTrue(readings.resumptions().getFirst().contains("may or may not"));
      assertEquals(
          planned(readings).size() - 1,
          readings.of(Phase.AS_FOUND).size()
              + readings.of(Phase.SET).size()
              + readings.of(Phase.RESET).size());
    }
  }

  /// The step of the `n`th pulses, from 0 on.
  private static int place(Plan plan, int n) {
    int found = 0;
    for (int k = 0; k < plan.steps().size(); k++) {
      if (plan.steps().get(k) instanceof Step.Pulse && found++ == n) {
        return k;
      }
    }
    throw new AssertionError("the plan has less pulses");
  }

  @Test
  void aJournalThatWasCutAnywhereGoesOn() throws IOException {
    byte[] whole;
    try (Chip chip = Bench.open(ADDRESS)) {
      Characteriser characteriser = pulses(chip);
      runUntil(characteriser, 12);
      whole = Files.readAllBytes(journal);
    }
    List<Journal.Entry> all = Journal.open(journal).entries();
    int head = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int length = 0; length < whole.length; length += 11) {
      Files.write(journal, Arrays.copyOf(whole, length));
      if (length < head) {
        assertThrows(RunException.class, () -> Journal.open(journal));
        continue;
      }
      List<Journal.Entry> found = Journal.open(journal).entries();
      assertTrue(found.size() < all.size());
      for (int k = 0; k < found.size(); k++) {
        assertEquals(all.get(k).step(), found.get(k).step());
        assertEquals(all.get(k).state(), found.get(k).state());
      }
      assertTrue(Files.size(journal) <= length && Files.size(journal) >= head);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatEndedEarlyIsReported(Kind kind) throws IOException {
    for (int last = 1; last <= 6; last++) {
      Files.deleteIfExists(journal);
      try (Chip chip = Bench.open(ADDRESS)) {
        Characteriser characteriser = Bench.of(chip, kind, new Region(0, 1, 2, 2), SHORT);
        if (last >= characteriser.plan().steps().size()) {
          return;
        }
        runUntil(characteriser, last);
        Readings readings = characteriser.readings(run);
        Optional<Findings> found = characteriser.find(readings);
        assertEquals(readings.all().isEmpty(), found.isEmpty());
        found.ifPresent(findings -> characteriser.write(run, readings, findings, "text", Map.of()));
        assertEquals(found.isPresent(), Files.exists(run.file(Characteriser.FILE)));
      }
    }
  }

  @Test
  void aBitThatFlippedIsSeen() throws IOException {
    try (Chip chip = Bench.open(ADDRESS)) {
      runUntil(pulses(chip), 6);
    }
    int entries = Journal.open(journal).entries().size();
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length - 30] ^= 1;
    Files.write(journal, bytes);
    assertEquals(entries - 1, Journal.open(journal).entries().size());
  }

  @Test
  void anotherChipsRunIsRefused() {
    try (Chip chip = Bench.open(ADDRESS)) {
      runUntil(pulses(chip), 3);
    }
    try (Chip other = Bench.open(ADDRESS + "&seed=2")) {
      RunException refusal =
          assertThrows(RunException.class, () -> run(pulses(other), true, _ -> {}));
      assertTrue(refusal.getMessage().contains("is of chip hfox-4x4-1"), refusal.getMessage());
    }
    try (Chip chip = Bench.open(ADDRESS)) {
      Characteriser map = Bench.of(chip, Kind.MAP, new Region(0, 0, 1, 1), Wishes.NONE);
      assertThrows(RunException.class, () -> run(map, true, _ -> {}));
      assertFalse(chip.telemetry().arrayReads() > 0, "refused before anything happened");
    }
  }
}
