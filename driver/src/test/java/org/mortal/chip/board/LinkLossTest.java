package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// What a caller is told when a board is lost, restarts or answers nonsense in the middle of a job: always something, in time.
@Timeout(60)
class LinkLossTest {
  private static final LinkOptions OPTIONS = new LinkOptions(2000, 1000);
  private static final LinkOptions SHORT = new LinkOptions(800, 800);
  private static final int ROWS = FakeBoards.ROWS;
  private static final int COLUMNS = FakeBoards.COLUMNS;

  @RegisterExtension private final FakeBoards boards = new FakeBoards();

  private static short[] everywhere() {
    short[] counts = new short[ROWS * COLUMNS];
    Arrays.fill(counts, (short) 20);
    return counts;
  }

  private static List<Chip.ArrayPulses> trains() {
    return List.of(new Chip.ArrayPulses(0, FakeBoards.train(everywhere())));
  }

  private static List<Chip.ArrayRead> reads() {
    Read read = Read.of(Batch.zeros(3, 4));
    return List.of(new Chip.ArrayRead(0, read, Batch.zeros(3, 5)));
  }

  private static Fault.UnknownOutcome unknown(LinkController controller, Object... words) {
    ChipException thrown = assertRefused(() -> controller.pulse(trains()), words);
    return assertInstanceOf(Fault.UnknownOutcome.class, thrown.fault());
  }

  private static void checkNotTwice(FakeBoard board) {
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      assertTrue(board.arrays.given(0, cell) <= 20, "no pulse twice");
    }
  }

  @Test
  void aRestartInATrainIsAnUnknownOutcomeWithTheCellsMeasured() {
    FakeBoard board = boards.board(0, 0);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      board.pulsesToRestart = 3;
      short[] counts = new short[ROWS * COLUMNS];
      Arrays.fill(counts, (short) 20);
      ChipException thrown =
          assertRefused(
              () -> controller.pulse(List.of(new Chip.ArrayPulses(0, FakeBoards.train(counts)))),
              "restarted",
              "measured again");
      Fault.UnknownOutcome unknown = assertInstanceOf(Fault.UnknownOutcome.class, thrown.fault());
      assertEquals(unknown.cells().length, unknown.siemens().length);
      assertTrue(unknown.cells().length > 400, "three frames were sent at least");
      assertTrue(board.arrays.given(0, 0) == 20 && board.arrays.given(0, 400) == 20);
      for (int i = 0; i < unknown.cells().length; i++) {
        assertEquals(board.arrays.siemens(0, unknown.cells()[i]), unknown.siemens()[i], 1e-9);
      }
      for (int cell = 0; cell < counts.length; cell++) {
        assertTrue(board.arrays.given(0, cell) <= 20, "no pulse twice");
      }
    }
  }

  @Test
  void aBoardThatDropsEveryCommandIsReportedAndLetGo() {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, SHORT)) {
      board.deaf = true;
      assertEquals(0, unknown(controller, "did not answer").siemens().length);
      ChipException thrown = assertRefused(() -> controller.read(reads()), "READ");
      assertInstanceOf(Fault.LinkTimeout.class, thrown.fault());
      assertEquals(0, board.executed);
    }
  }

  @Test
  void aLinkThatIsLostForGoodInATrainIsAnUnknownOutcome() {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, SHORT)) {
      board.nanosPerCommand = 20_000_000;
      board.pulsesToUnplug = 2;
      Fault.UnknownOutcome unknown = unknown(controller, "measure them before writing again");
      assertTrue(unknown.cells().length > 200, "two frames were sent at least");
      ChipException lost = assertRefused(() -> controller.read(reads()), "was lost", "unplugged");
      assertInstanceOf(Fault.LinkLost.class, lost.fault());
    }
    checkNotTwice(board);
  }

  @Test
  void anotherProgramInATrainIsAnUnknownOutcomeWithTheCellsMeasured() throws InterruptedException {
    FakeBoard board = boards.board(0, 0);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      board.nanosPerCommand = 20_000_000;
      Thread other =
          Thread.ofPlatform()
              .start(() -> {
                while (board.arrays.given(0, 0) == 0) {
                  Thread.onSpinWait();
                }
                board.openByAnother(77);
                board.nanosPerCommand = 0;
              });
      Fault.UnknownOutcome unknown = unknown(controller, Diagnosis.OTHER_PROGRAM);
      other.join();
      assertEquals(unknown.cells().length, unknown.siemens().length);
      for (int i = 0; i < unknown.cells().length; i++) {
        assertEquals(board.arrays.siemens(0, unknown.cells()[i]), unknown.siemens()[i], 1e-9);
      }
    }
    checkNotTwice(board);
  }

  @Test
  void repliesOfAnotherLengthAreRefusedAndWhatWasSentIsWaitedFor() {
    for (int surplus : new int[] {1, -1}) {
      FakeBoard board = boards.board(8, 9);
      try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
        board.surplusBytes = surplus;
        int bytes = 3 * 5 * Short.BYTES;
        ChipException thrown =
            assertRefused(
                () -> controller.read(reads()),
                "READ with %d bytes, not %d".formatted(bytes + surplus, bytes));
        assertInstanceOf(Fault.Hardware.class, thrown.fault());
        assertRefused(
            () -> controller.pulse(trains()), "PULSE with %d bytes".formatted(8 + surplus));
        long given = board.arrays.given(0, 0);
        board.surplusBytes = 0;
        controller.read(reads());
        assertEquals(20, given);
      }
      checkNotTwice(board);
    }
  }
}
