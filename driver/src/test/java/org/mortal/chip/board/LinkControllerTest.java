package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Reads, pulses and programming over a link: split, encoded, and put together again.
class LinkControllerTest {
  private static final LinkOptions OPTIONS = new LinkOptions(2000, 1000);
  private static final int ROWS = 40;
  private static final int COLUMNS = 24;

  private final List<FakeBoard> boards = new ArrayList<>();

  @AfterEach
  void endBoards() throws InterruptedException {
    for (FakeBoard board : boards) {
      assertEquals(0, board.overflows, "the host has kept to its credits");
      board.end();
    }
  }

  private FakeBoard board(int dacBits, int adcBits) {
    FakeBoard board = new FakeBoard(new FakeArrays(3, ROWS, COLUMNS, dacBits, adcBits));
    boards.add(board);
    return board;
  }

  private static LinkController open(Link link) {
    return new LinkController(link, OPTIONS, new Philox(Philox.key(3)));
  }

  private static PulseTrain train(short[] counts) {
    return new PulseTrain(counts, 1.0, 0.9, 1e-6);
  }

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
    FakeBoard board = board(8, 9);
    Philox random = new Philox(Philox.key(1));
    long[][] net = new long[3][ROWS * COLUMNS];
    try (LinkController controller = open(board)) {
      for (double density : new double[] {0, 0.001, 0.003, 0.05, 0.5, 1}) {
        List<Chip.ArrayPulses> trains = new ArrayList<>();
        for (int array = 0; array < 3; array++) {
          short[] counts = counts(random, density);
          trains.add(new Chip.ArrayPulses(array, train(counts)));
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
    FakeBoard board = board(8, 9);
    short[] counts = new short[ROWS * COLUMNS];
    int[] values = {1, -1, 127, 128, -127, -128, -129, 500, -500};
    int[] cells = {0, 1, 2, 257, 513, 514, 770, 900, ROWS * COLUMNS - 1};
    for (int i = 0; i < cells.length; i++) {
      counts[cells[i]] = (short) values[i];
    }
    try (LinkController controller = open(board)) {
      controller.pulse(List.of(new Chip.ArrayPulses(1, train(counts))));
    }
    for (int i = 0; i < counts.length; i++) {
      assertEquals(counts[i], board.arrays.net[1][i], "cell " + i);
    }
  }

  @Test
  void readsAreThoseOfTheArraysInEveryEncoding() {
    for (int[] bits : new int[][] {{8, 9}, {12, 12}, {0, 0}, {8, 0}, {0, 16}}) {
      FakeBoard board = board(bits[0], bits[1]);
      try (LinkController controller = open(board)) {
        pulseSome(controller);
        for (int vectors : new int[] {0, 1, 7, 100}) {
          checkRead(board, controller, vectors);
        }
      }
    }
  }

  private static void pulseSome(LinkController controller) {
    short[] counts = new short[ROWS * COLUMNS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) (i * 7 % 90);
    }
    controller.pulse(List.of(new Chip.ArrayPulses(2, train(counts))));
  }

  private static void checkRead(FakeBoard board, LinkController controller, int vectors) {
    Batch inputs = Batch.zeros(vectors, 30);
    Philox random = new Philox(Philox.key(vectors));
    for (int n = 0; n < vectors; n++) {
      for (int i = 0; i < 30; i++) {
        inputs.set(n, i, random.nextFloat());
      }
    }
    Batch all = Batch.zeros(vectors, COLUMNS / 2);
    Batch half = Batch.zeros(vectors, 5);
    controller.read(
        List.of(
            new Chip.ArrayRead(2, new Read(inputs, 0.2, null, Read.Sense.ALL), all),
            new Chip.ArrayRead(0, new Read(inputs, 0.1, null, Read.Sense.MINUS), half)));
    Converters converters = controller.greeting().converters();
    for (int n = 0; n < vectors; n++) {
      for (int j = 0; j < all.columns(); j++) {
        double amps = 0;
        for (int i = 0; i < 30; i++) {
          double volts = driven(converters, inputs.get(n, i) * 0.2f);
          amps += volts * difference(board.arrays, i * COLUMNS + j);
        }
        assertEquals(sensed(converters, amps), all.get(n, j), 1e-11);
      }
      for (int j = 0; j < half.columns(); j++) {
        double amps = 0;
        for (int i = 0; i < 30; i++) {
          amps -= driven(converters, inputs.get(n, i) * 0.1f) * board.arrays.siemens(0, 0);
        }
        assertEquals(sensed(converters, amps), half.get(n, j), 1e-11);
      }
    }
  }

  private static double difference(FakeArrays arrays, int cell) {
    return arrays.siemens(2, cell) - arrays.siemens(2, cell + COLUMNS / 2);
  }

  private static double driven(Converters converters, float volts) {
    if (converters.dacBits() == 0) {
      return volts;
    }
    float perVolt = (float) (((1 << converters.dacBits()) - 1) / FakeArrays.MAX_VOLTS);
    float step = (float) (FakeArrays.MAX_VOLTS / ((1 << converters.dacBits()) - 1));
    return (int) Math.fma(volts, perVolt, 0.5f) * step;
  }

  private static double sensed(Converters converters, double amps) {
    if (converters.adcBits() == 0) {
      return (float) amps;
    }
    float step = (float) FakeArrays.FULL_AMPS / ((1 << converters.adcBits()) / 2f);
    return Math.round(amps / step) * step;
  }

  @Test
  void biasIsStoredOnlyWhereItChanges() {
    FakeBoard board = board(8, 0);
    try (LinkController controller = open(board)) {
      Batch inputs = Batch.zeros(50, 10);
      Batch bias = Batch.zeros(1, 12);
      bias.set(0, 3, 5e-5f);
      Read read = new Read(inputs, 1, bias, Read.Sense.ALL);
      Batch amps = Batch.zeros(50, 12);
      List<Chip.ArrayRead> reads = List.of(new Chip.ArrayRead(0, read, amps));
      controller.read(reads);
      controller.read(reads);
      assertEquals(1, board.arrays.biases);
      assertEquals(5e-5f, amps.get(49, 3));
      bias.set(0, 3, 4e-5f);
      controller.read(reads);
      assertEquals(2, board.arrays.biases);
      assertEquals(4e-5f, amps.get(0, 3));
      board.restart();
      controller.read(reads);
      controller.read(reads);
      assertEquals(3, board.arrays.biases);
    }
  }

  @Test
  void whatTheHostDoesNotRefuseTheBoardDoes() {
    FakeBoard board = board(8, 9);
    try (LinkController controller = open(board)) {
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
          () -> controller.pulse(List.of(new Chip.ArrayPulses(0, train(counts)))),
          "pulse count of 501",
          "500",
          "row 1, column 2");
      // The session goes on.
      controller.counters();
    }
  }

  @Test
  void programmingBringsAnOutcomeForEachCell() {
    FakeBoard board = board(8, 9);
    try (LinkController controller = open(board)) {
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
        assertEquals(
            targets.get(cell / COLUMNS, cell % COLUMNS),
            result.measuredSiemens().get(cell / COLUMNS, cell % COLUMNS),
            1e-9f);
      }
    }
  }

  @Test
  void aRestartInATrainIsAnUnknownOutcomeWithTheCellsMeasured() {
    FakeBoard board = board(0, 0);
    try (LinkController controller = open(board)) {
      board.pulsesToRestart = 3;
      short[] counts = new short[ROWS * COLUMNS];
      Arrays.fill(counts, (short) 20);
      ChipException thrown =
          assertRefused(
              () -> controller.pulse(List.of(new Chip.ArrayPulses(0, train(counts)))),
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
  void stopInterruptsATrainAndResumeEndsIt() throws InterruptedException {
    FakeBoard board = board(8, 9);
    try (LinkController controller = open(board)) {
      board.nanosPerCommand = 20_000_000;
      short[] counts = new short[ROWS * COLUMNS];
      Arrays.fill(counts, (short) 1);
      Thread stopper = new Thread(controller::stop);
      List<Chip.ArrayPulses> trains = List.of(new Chip.ArrayPulses(1, train(counts)));
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
    FakeBoard board = board(8, 9);
    try (LinkController controller = open(board)) {
      Read read = Read.of(Batch.zeros(3, 4));
      controller.read(List.of(new Chip.ArrayRead(0, read, Batch.zeros(3, 5))));
      assertEquals(3, controller.counters().get(CounterName.VECTORS));
    }
  }
}
