package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.ChipException;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Fault;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.RefusalContract;
import org.mortal.chip.Sensing;

/// The whole link against real firmware in this process keeps the contracts of the port, restarts included.
@Timeout(60)
class NativeLinkTest {
  private static final Converters CONVERTERS = new Converters(0, 0.2, 0, 1e-3);

  private static ExactChip exact() {
    return new ExactChip(12, 10, Sensing.DIFFERENTIAL, 3);
  }

  private static NativeLink link(Backplane backplane) {
    return NativeLink.open(HostLibrary.path(), backplane);
  }

  private static BoardChip over(NativeLink link) {
    return Boards.open(link, LinkOptions.STANDARD, 1);
  }

  private static Chip chip() {
    return over(link(new Backplane(exact(), CONVERTERS, 1)));
  }

  @Nested
  class Array extends CrossbarContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    @Override
    protected Set<Cell> stuck(Chip chip) {
      return Set.of();
    }
  }

  @Nested
  class Refusing extends RefusalContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class Whole extends ChipContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Test
  void aRestartIsAGreetingWithAnotherNonce() throws Link.Gone {
    NativeLink link = link(new Backplane(exact(), CONVERTERS, 1));
    List<Integer> nonces = new ArrayList<>();
    nonces.add(greeting(link).nonce());
    for (int nonce : new int[] {77, 78}) {
      link.restart(nonce);
      nonces.add(greeting(link).nonce());
    }
    link.close();
    assertEquals(List.of(77, 78), nonces.subList(1, 3));
    assertThrows(Link.Gone.class, () -> link.read(new byte[1], 0));
    assertThrows(Link.Gone.class, () -> link.write(new byte[1], 0, 1));
  }

  /// The next greeting that the firmware sends of itself.
  private static Greeting greeting(Link link) throws Link.Gone {
    FrameDecoder decoder = new FrameDecoder(4096);
    decoder.key(new Frame.Key(0, 0));
    List<Frame> frames = new ArrayList<>();
    byte[] bytes = new byte[512];
    while (frames.isEmpty()) {
      decoder.feed(bytes, 0, link.read(bytes, 100_000_000), frames::add);
    }
    assertTrue(frames.getFirst().is(Event.GREETING));
    return Greeting.parse(frames.getFirst().payload());
  }

  /// Cut off from the chip in the middle of a train: what the caller is told are the cells as they are.
  @Test
  void aRestartWithinATrainIsAnUnknownOutcome() {
    ExactChip exact = exact();
    AtomicLong trains = new AtomicLong();
    NativeLink[] link = new NativeLink[1];
    Backplane backplane =
        new Backplane(
            exact,
            CONVERTERS,
            1,
            train -> {
              if (trains.incrementAndGet() == 2) {
                link[0].restart(99);
              }
            });
    link[0] = link(backplane);
    try (BoardChip board = over(link[0])) {
      PulseTrain train =
          PulseTrain.single(board.geometry(), new Cell(1, 2), 10, board.limits().write());
      board.arrays().get(1).pulse(train);
      ChipException lost =
          assertThrows(ChipException.class, () -> board.arrays().get(1).pulse(train));
      Fault.UnknownOutcome outcome =
          assertInstanceOf(Fault.UnknownOutcome.class, lost.fault(), lost.getMessage());
      assertEquals(1, outcome.array());
      assertArrayEquals(new int[] {12}, outcome.cells());
      assertEquals(exact.array(1).siemens(1, 2), outcome.siemens()[0], 1e-9);
      assertEquals(20, exact.telemetry().pulses(), "the second train was over when it happened");
      board.arrays().get(1).pulse(train);
      assertEquals(30, exact.telemetry().pulses());
    }
  }

  @Test
  void stopPassesAJobThatRuns() throws InterruptedException {
    ExactChip exact = exact();
    Backplane backplane = new Backplane(exact, CONVERTERS, 1);
    try (BoardChip board = over(link(backplane))) {
      short[] counts = new short[board.geometry().cells()];
      Arrays.fill(counts, (short) 500);
      // Half a second of pulses.
      PulseTrain train = new PulseTrain(counts, 0.9, 0.9, 9e-6);
      Thread stopper =
          Thread.ofPlatform()
              .start(() -> {
                while (backplane.grounded()) {
                  Thread.onSpinWait();
                }
                board.stop();
              });
      ChipException stopped =
          assertThrows(ChipException.class, () -> board.arrays().get(0).pulse(train));
      stopper.join();
      assertInstanceOf(Fault.Interrupted.class, stopped.fault(), stopped.getMessage());
      assertTrue(backplane.grounded());
      assertTrue(exact.telemetry().pulses() < 500L * counts.length);
      board.resume();
      board.arrays().get(0).pulse(PulseTrain.nominal(counts, board.limits().write()));
    }
  }
}
