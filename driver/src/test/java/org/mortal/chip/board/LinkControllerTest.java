package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Pulses, programming and counters over a link: split, encoded, and put together again.
class LinkControllerTest {
  private static final LinkOptions OPTIONS = new LinkOptions(2000, 1000);
  private static final int ROWS = FakeBoards.ROWS;
  private static final int COLUMNS = FakeBoards.COLUMNS;

  @RegisterExtension private final FakeBoards boards = new FakeBoards();

  private static short[] counts(Philox random, double density) {
    short[] counts = new short[ROWS * COLUMNS];
    for (int i = 0; i < counts.length; i++) {
      boolean touched = random.nextDouble() < density;
      counts[i] = (short) (touched ? random.nextInt(-300, 301) : 0);
    }
    return counts;
  }

  @Test
  void pulsesArriveAsTheyWereSent() {
    FakeBoard board = boards.board(8, 9);
    Philox random = new Philox(Philox.key(1));
    long[][] net = new long[3][ROWS * COLUMNS];
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      for (double density : new double[] {0, 0.001, 0.003, 0.05, 0.5, 1}) {
        List<Chip.ArrayPulses> trains = new ArrayList<>();
        for (int array = 0; array < 3; array++) {
          short[] counts = counts(random, density);
          trains.add(new Chip.ArrayPulses(array, FakeBoards.train(counts)));
          for (int i = 0; i < counts.length; i++) {
            net[array][i] += counts[i];
          }
        }
        controller.pulse(trains);
        assertArrayEquals(net, board.arrays.net);
      }
    }
  }

  @Test
  void extremeCountsAndGapsArrive() {
    FakeBoard board = boards.board(8, 9);
    short[] counts = new short[ROWS * COLUMNS];
    int[] values = {1, -1, 127, 128, -127, -128, -129, 500, -500};
    int[] cells = {0, 1, 2, 257, 513, 514, 770, 900, ROWS * COLUMNS - 1};
    for (int i = 0; i < cells.length; i++) {
      counts[cells[i]] = (short) values[i];
    }
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      controller.pulse(List.of(new Chip.ArrayPulses(1, FakeBoards.train(counts))));
    }
    for (int i = 0; i < counts.length; i++) {
      assertEquals(counts[i], board.arrays.net[1][i], "cell " + i);
    }
  }

  @Test
  void whatTheHostDoesNotRefuseTheBoardDoes() {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      for (float input : new float[] {0.3f, -0.1f, Float.NaN}) {
        Batch inputs = Batch.zeros(2, 10);
        inputs.set(1, 4, input);
        ChipException refusal =
            assertRefused(
                () ->
                    controller.read(
                        List.of(new Chip.ArrayRead(0, Read.of(inputs), Batch.zeros(2, 12)))),
                "row voltage",
                "row 4");
        assertInstanceOf(Fault.OutOfLimits.class, refusal.fault());
      }
      short[] counts = new short[ROWS * COLUMNS];
      counts[COLUMNS + 2] = 501;
      assertRefused(
          () -> controller.pulse(List.of(new Chip.ArrayPulses(0, FakeBoards.train(counts)))),
          "pulse count of 501",
          "500",
          "row 1, column 2");
      // The session goes on.
      controller.counters();
    }
  }

  @Test
  void programmingBringsAnOutcomeForEachCell() {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      Batch targets = Batch.zeros(ROWS, COLUMNS);
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          targets.set(r, c, 1e-6f * (1 + (r * COLUMNS + c) % 100));
        }
      }
      ProgramResult result = controller.program(1, new ProgramRequest(targets, 1e-7, 10, 1));
      assertEquals(1.0, result.successRate());
      for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
        assertEquals(cell % 100, result.pulses()[cell]);
        assertEquals(0, result.resets()[cell]);
        assertEquals(
            targets.get(cell / COLUMNS, cell % COLUMNS),
            result.measuredSiemens().get(cell / COLUMNS, cell % COLUMNS),
            1e-9f);
      }
    }
  }

  @Test
  void stopInterruptsATrainAndResumeEndsIt() throws InterruptedException {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      board.nanosPerCommand = 20_000_000;
      short[] counts = new short[ROWS * COLUMNS];
      Arrays.fill(counts, (short) 1);
      Thread stopper = new Thread(controller::stop);
      List<Chip.ArrayPulses> trains = List.of(new Chip.ArrayPulses(1, FakeBoards.train(counts)));
      stopper.start();
      ChipException thrown =
          assertRefused(
              () -> {
                while (true) {
                  controller.pulse(trains);
                }
              },
              "stopped",
              "array 1");
      stopper.join();
      assertInstanceOf(Fault.Interrupted.class, thrown.fault());
      board.nanosPerCommand = 0;
      controller.resume();
      controller.pulse(trains);
    }
  }

  @Test
  void countersGoOnOverARestart() {
    CounterSum sum = new CounterSum();
    sum.take(counters(5, 7), 0);
    sum.take(counters(6, 8), 0);
    assertEquals(6, sum.total().get(CounterName.VECTORS));
    // The link was lost and came back; the board did not restart.
    sum.take(counters(7, 9), 1);
    assertEquals(7, sum.total().get(CounterName.VECTORS));
    sum.take(counters(1, 2), 2);
    assertEquals(8, sum.total().get(CounterName.VECTORS));
  }

  private static Counters counters(long vectors, long commands) {
    long[] values = new long[CounterName.values().length];
    values[CounterName.VECTORS.code()] = vectors;
    values[CounterName.COMMANDS.code()] = commands;
    return new Counters(0, 0, values);
  }

  @Test
  void theBoardsCountersArrive() {
    FakeBoard board = boards.board(8, 9);
    try (LinkController controller = FakeBoards.open(board, OPTIONS)) {
      Read read = Read.of(Batch.zeros(3, 4));
      controller.read(List.of(new Chip.ArrayRead(0, read, Batch.zeros(3, 5))));
      assertEquals(3, controller.counters().get(CounterName.VECTORS));
    }
  }
}
