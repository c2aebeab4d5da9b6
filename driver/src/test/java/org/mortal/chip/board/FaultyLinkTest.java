package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Over a link that spoils, with a board that restarts and a cable that is pulled, no pulse is given twice and none is lost
/// without a report.
class FaultyLinkTest {
  private static final int ROWS = 16;
  private static final int COLUMNS = 16;
  private static final FaultyLink.Rates RATES =
      new FaultyLink.Rates(3e-4, 0.01, 0.01, 0.01, 0.01, 2);

  /// What the host knows of each cell: it was given at least and at most so many pulses.
  private final long[] least = new long[ROWS * COLUMNS];

  private final long[] most = new long[ROWS * COLUMNS];

  @Test
  void nothingIsRepeatedOrLostOnASpoiltLink() throws InterruptedException {
    FakeArrays arrays = new FakeArrays(1, ROWS, COLUMNS, 8, 0);
    FakeBoard board = new FakeBoard(arrays);
    FaultyLink link = new FaultyLink(board, RATES, new Philox(11));
    LinkCounters counters;
    try (LinkController controller = open(link)) {
      int unknown = pulseAndRead(controller, 300);
      assertEquals(0, unknown, "the board never restarted");
      counters = controller.link().orElseThrow();
    }
    assertTrue(counters.crcErrors() + counters.resyncs() > 10, counters.toString());
    assertTrue(counters.retries() > 10, counters.toString());
    for (int cell = 0; cell < least.length; cell++) {
      assertEquals(least[cell], arrays.given(0, cell), "cell " + cell);
    }
    board.end();
  }

  @Test
  void restartsAndUnpluggingLeaveNothingUnreported() throws InterruptedException {
    FakeArrays arrays = new FakeArrays(1, ROWS, COLUMNS, 8, 0);
    FakeBoard board = new FakeBoard(arrays);
    board.nanosPerCommand = 100_000;
    AtomicBoolean done = new AtomicBoolean();
    int unknown;
    LinkCounters counters;
    FaultyLink link = new FaultyLink(board, RATES, new Philox(12));
    Thread trouble = new Thread(() -> trouble(board, link, done));
    try (LinkController controller = open(link)) {
      trouble.start();
      unknown = pulseAndRead(controller, 250);
      done.set(true);
      trouble.join();
      counters = controller.link().orElseThrow();
    }
    assertTrue(unknown > 0, "no restart came in the middle of a train");
    assertTrue(counters.restarts() > 2 && counters.reopens() > 2, counters.toString());
    for (int cell = 0; cell < least.length; cell++) {
      long given = arrays.given(0, cell);
      assertTrue(given >= least[cell], "cell " + cell + " lost a pulse without a report");
      assertTrue(given <= most[cell], "cell " + cell + " was given a pulse twice");
    }
    board.end();
  }

  private static LinkController open(Link link) {
    return new LinkController(link, new LinkOptions(5000, 5000), new Philox(Philox.key(9)));
  }

  private static void trouble(FakeBoard board, FaultyLink link, AtomicBoolean done) {
    Philox random = new Philox(Philox.key(10));
    while (!done.get()) {
      LockSupport.parkNanos(random.nextLong(5_000_000, 60_000_000));
      if (random.nextBoolean()) {
        board.restart();
      } else {
        link.unplug();
        LockSupport.parkNanos(random.nextLong(1_000_000, 20_000_000));
        link.plug();
      }
    }
  }

  /// Gives random trains, with reads between them.
  ///
  /// @return how many had an unknown outcome
  private int pulseAndRead(LinkController controller, int rounds) {
    Philox random = new Philox(Philox.key(13));
    int unknown = 0;
    for (int round = 0; round < rounds; round++) {
      short[] counts = new short[ROWS * COLUMNS];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) (random.nextInt(4) == 0 ? random.nextInt(1, 400) : 0);
      }
      PulseTrain train = new PulseTrain(counts, 1.0, 0.9, 1e-6);
      boolean[] doubtful = new boolean[counts.length];
      boolean sure = true;
      try {
        controller.pulse(List.of(new Chip.ArrayPulses(0, train)));
      } catch (ChipException e) {
        if (!(e.fault() instanceof Fault.UnknownOutcome outcome)) {
          throw e;
        }
        sure = false;

        unknown++;
        for (int cell : outcome.cells()) {
          doubtful[cell] = true;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        least[i] += sure ? counts[i] : 0;
        most[i] += sure || doubtful[i] ? counts[i] : 0;
      }
      controller.read(
          List.of(new Chip.ArrayRead(0, Read.of(Batch.zeros(3, ROWS)), Batch.zeros(3, 8))));
    }
    return unknown;
  }
}
