package org.mortal.bench.emulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.board.BoardChip;
import org.mortal.kernel.Batches;
import org.mortal.sim.SimChip;

@Timeout(120)
class EmulatedBoardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static SimChip sim() {
    return (SimChip) Chips.open("sim:ideal?rows=8&columns=8&arrays=2", TestBoard.KERNELS);
  }

  private EmulatedBoard start(EmulatedPort port, Chip chip) {
    String missing = port.missing();
    assumeTrue(missing == null, missing);
    EmulatedBoard board = EmulatedBoard.start(port, chip, folder.resolve("board"));
    board.waitUntilReady(PATIENCE, TestBoard.KERNELS);
    return board;
  }

  private static void pulse(Crossbar crossbar, int count, IntPredicate chosen) {
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) (chosen.test(i) ? count : 0);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  private static double siemens(SimChip chip, int row, int column) {
    return chip.truth(0).siemens()[row][column];
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void cellsOutliveTheFirmware(EmulatedPort port) {
    SimChip sim = sim();
    try (EmulatedBoard board = start(port, sim)) {
      try (Chip chip = Chips.open(board.address(), TestBoard.KERNELS)) {
        assertEquals(sim.id(), chip.id());
        pulse(chip.arrays().getFirst(), 100, i -> i == 9);
      }
      double once = siemens(sim, 1, 1);
      assertTrue(once > 30e-6, once + " S");
      board.restart();
      board.waitUntilReady(PATIENCE, TestBoard.KERNELS);
      assertEquals(once, siemens(sim, 1, 1), "nothing is pulsed by a restart");
      try (Chip chip = Chips.open(board.address(), TestBoard.KERNELS)) {
        assertEquals(0L, ((BoardChip) chip).counters().get("pulses"), "its memory is new");
        pulse(chip.arrays().getFirst(), 50, i -> i == 9);
      }
      assertEquals(once + 50 * 0.4e-6, siemens(sim, 1, 1), 1e-9);
    }
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void anUnpluggedBoardIsGoneUntilItIsBack(EmulatedPort port) {
    try (EmulatedBoard board = start(port, sim())) {
      Path link = folder.resolve("board");
      board.unplug();
      assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
      ChipException gone =
          assertThrows(ChipException.class, () -> Chips.open(board.address(), TestBoard.KERNELS));
      assertTrue(gone.getMessage().contains(link.toString()), gone.getMessage());
      board.replug();
      board.waitUntilReady(PATIENCE, TestBoard.KERNELS);
    }
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void aChipThatIsOpenSurvivesARestart(EmulatedPort port) {
    SimChip sim = sim();
    try (EmulatedBoard board = start(port, sim);
        Chip chip = Chips.open(board.address(), TestBoard.KERNELS)) {
      Crossbar crossbar = chip.arrays().getFirst();
      pulse(crossbar, 100, i -> i == 9);
      float before = amps(crossbar);
      board.restart();
      assertEquals(before, amps(crossbar), 1e-3f * before, "a read may be asked again");
    }
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void aChipThatIsUnpluggedSaysSo(EmulatedPort port) {
    try (EmulatedBoard board = start(port, sim());
        Chip chip = Chips.open(board.address() + "?reconnect=500", TestBoard.KERNELS)) {
      board.unplug();
      ChipException lost = assertThrows(ChipException.class, () -> amps(chip.arrays().getFirst()));
      assertTrue(lost.getMessage().contains(board.address()), lost.getMessage());
    }
  }

  private static float amps(Crossbar crossbar) {
    return crossbar.read(Batches.filled(1, crossbar.geometry().rows(), 0.1f)).get(0, 1);
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void nothingIsLeftOfABoardThatWasSwitchedOff(EmulatedPort port) throws IOException {
    List<ProcessHandle> before = children();
    EmulatedBoard board = start(port, sim());
    assertFalse(children().stream().allMatch(before::contains));
    board.close();
    board.close();
    assertTrue(children().stream().allMatch(before::contains), () -> "left: " + children());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  @Test
  void firmwareThatDiesIsMissed() {
    // Servers of other tests among them.
    List<ProcessHandle> others = children();
    try (EmulatedBoard board = start(EmulatedPort.HOST, sim())) {
      board.requireAlive();
      List<ProcessHandle> own =
          children().stream().filter(child -> !others.contains(child)).toList();
      own.forEach(ProcessHandle::destroyForcibly);
      while (own.stream().anyMatch(ProcessHandle::isAlive)) {
        Thread.onSpinWait();
      }
      EmulationException dead = assertThrows(EmulationException.class, board::requireAlive);
      assertTrue(dead.getMessage().contains("ended with code"), dead.getMessage());
    }
  }

  @Test
  void placesThatAreTakenAreRefused() throws IOException {
    assumeTrue(EmulatedPort.HOST.missing() == null, EmulatedPort.HOST.missing());
    Path taken = Files.createFile(folder.resolve("taken"));
    refused(taken, "is there already");
    Path link = Files.createSymbolicLink(folder.resolve("link"), taken);
    refused(link, "is there already");
    assertTrue(Files.isSymbolicLink(link));
    refused(folder.resolve("none/board"), "no folder");
  }

  private static void refused(Path link, String reason) {
    EmulationException refusal =
        assertThrows(
            EmulationException.class, () -> EmulatedBoard.start(EmulatedPort.HOST, sim(), link));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void aLinkThatLeadsNowhereIsReplaced() throws IOException {
    Files.createSymbolicLink(folder.resolve("board"), folder.resolve("gone"));
    try (EmulatedBoard board = start(EmulatedPort.HOST, sim())) {
      board.requireAlive();
    }
  }
}
