package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertIllegal;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mortal.chip.Cell;
import org.mortal.chip.ExactChip;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;

/// A board's settings are read, set and kept over a restart, which the chip's counts and cells outlast.
@Timeout(60)
class SettingTest {
  private static final LinkOptions OPTIONS = new LinkOptions(2000, 1000);

  @RegisterExtension private final FakeBoards boards = new FakeBoards();

  @Test
  void settingsAreSetAndOutlastARestart() {
    FakeBoard fake = boards.board(8, 9);
    try (BoardChip board = new BoardChip(FakeBoards.open(fake, OPTIONS))) {
      assertEquals(
          Map.of("board_name", "fake", "chip_id", "fake-1", "silence_millis", "200"),
          board.settings());
      assertTrue(board.keepsSettings());
      board.set("board_name", "bench µ");
      board.set("chip_id", "wafer-7");
      board.set("silence_millis", "100");
      assertEquals("wafer-7", board.id());
      int nonce = fake.nonce();
      board.restart();
      // The lower half counts restarts, the upper one sessions.
      assertEquals(1, fake.nonce() - nonce & 0xFFFF);
      assertEquals(
          Map.of("board_name", "bench µ", "chip_id", "wafer-7", "silence_millis", "100"),
          board.settings());
    }
  }

  @Test
  void aRestartThatIsHeardOfOnlyWhenAskedIsWaitedFor() {
    FakeBoard fake = boards.board(8, 9);
    try (BoardChip board = new BoardChip(FakeBoards.open(fake, OPTIONS))) {
      fake.silentStart = true;
      board.restart();
      board.counters();
    }
  }

  @Test
  void aBoardThatDoesNotRestartIsReported() {
    FakeBoard fake = boards.board(8, 9);
    try (BoardChip board = new BoardChip(FakeBoards.open(fake, new LinkOptions(300, 300)))) {
      fake.ignoresReset = true;
      assertRefused(board::restart, "RESET", "300 ms");
      board.counters();
    }
  }

  @Test
  void whatNoBoardCanKeepIsRefusedByTheHost() {
    try (BoardChip board = new BoardChip(FakeBoards.open(boards.board(8, 9), OPTIONS))) {
      assertIllegal(() -> board.set("colour", "red"), "'colour'", "chip_id");
      assertIllegal(() -> board.set("board_name", "µ".repeat(17)), "board_name", 32, 34);
      assertIllegal(() -> board.set("chip_id", "a\0"), "chip_id");
      for (String value : new String[] {"19", "60001", "-1", "fast", "99999999999", ""}) {
        assertIllegal(() -> board.set("silence_millis", value), 20, 60_000, value);
      }
    }
  }

  @Test
  void realFirmwareTakesSettingsAndRestarts() {
    ExactChip exact = new ExactChip(12, 10, Sensing.DIFFERENTIAL, 3);
    Backplane backplane = new Backplane(exact, new Converters(0, 0.2, 0, 1e-3), 1);
    NativeLink link = NativeLink.open(HostLibrary.path(), backplane);
    try (BoardChip board = Boards.open(link, LinkOptions.STANDARD, 1)) {
      PulseTrain train =
          PulseTrain.single(board.geometry(), new Cell(1, 2), 10, board.limits().write());
      board.arrays().get(1).pulse(train);
      board.set("board_name", "bench 2");
      board.set("silence_millis", "60000");
      assertEquals("bench 2", board.settings().get("board_name"));
      assertEquals("60000", board.settings().get("silence_millis"));
      board.set("board_name", "");
      assertFalse(board.settings().get("board_name").isEmpty(), "its own name again");
      board.restart();
      assertTrue(board.counters().get("pulses") >= 10, "counts go on");
      board.arrays().get(1).pulse(train);
      assertEquals(20, board.telemetry().pulses());
    }
  }

  @Test
  void aLibraryRefusesWhatItHasNot() {
    try (BoardChip board =
        new BoardChip(
            new NativeController(NativeBoard.open("lib:x", HostLibrary.functions(), 2, 6, 8, 1)))) {
      assertEquals(3, board.settings().size());
      assertRefused(() -> board.set("board_name", "x"), "lib:x", "keeps no settings");
      assertRefused(board::restart, "lib:x", "has no restart");
    }
  }
}
