package org.mortal.bench.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.board.Boards;
import org.mortal.chip.board.FaultyLink;
import org.mortal.chip.board.LinkOptions;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// A board that is left alone in the middle of a job, or told to stop, connects all its lines to ground: seen on the model.
class SilenceTest {
  private static final String ADDRESS = "sim:ideal?rows=16&columns=16&arrays=1";
  private static final FaultyLink.Rates NONE = new FaultyLink.Rates(0, 0, 0, 0, 0, 0);
  private static final LinkOptions IMPATIENT = new LinkOptions(1500, 1500);

  /// The firmware's standard time of silence, and what a busy machine may add.
  private static final long SILENCE_NANOS = 500_000_000;

  private static final long SLACK_NANOS = 1_500_000_000;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private Chip chip;
  private Backplane backplane;
  private CampaignRig rig;
  private FaultyLink line;
  private BoardChip board;
  private Thread writing;
  private final AtomicReference<ChipException> failure = new AtomicReference<>();

  @BeforeEach
  void beginALongJob() {
    Path library = FirmwareLibrary.path();
    chip = Chips.open(ADDRESS, Kernels.select(1));
    backplane = new Backplane(chip, EmulatedBoard.converters(chip), 1);
    rig = new LibraryRig(library, backplane, new Philox(Philox.key(2)));
    line = new FaultyLink(rig.link(), NONE, new Philox(Philox.key(3)));
    board = Boards.open(line, IMPATIENT, 4);
    writing = Thread.ofPlatform().start(this::write);
    await("the lines are driven", () -> !backplane.grounded());
  }

  /// 2.5 seconds of pulses.
  private void write() {
    Crossbar crossbar = board.arrays().getFirst();
    WriteMode write = crossbar.limits().write();
    short[] counts = new short[crossbar.geometry().cells()];
    Arrays.fill(counts, (short) crossbar.limits().maxPulses());
    try {
      crossbar.pulse(
          new PulseTrain(
              counts, write.setVolts(), write.resetVolts(), crossbar.limits().maxPulseSeconds()));
    } catch (ChipException e) {
      failure.set(e);
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    if (board != null) {
      writing.join();
      board.close();
    }
    if (rig != null) {
      rig.close();
      chip.close();
    }
  }

  @Test
  void aHostThatFallsSilent() throws InterruptedException {
    long silent = System.nanoTime();
    line.unplug();
    await("the lines are grounded", backplane::grounded);
    long took = backplane.groundedNanos() - silent;
    assertTrue(took <= SILENCE_NANOS + SLACK_NANOS, "grounded after " + took / 1e6 + " ms");
    line.plug();
    writing.join();
    Fault fault = failure.get().fault();
    assertTrue(
        fault instanceof Fault.Interrupted || fault instanceof Fault.UnknownOutcome,
        fault.message());
  }

  @Test
  void stopActsAtOnceAndHoldsUntilResume() throws InterruptedException {
    long stopped = System.nanoTime();
    board.stop();
    await("the lines are grounded", backplane::grounded);
    long took = backplane.groundedNanos() - stopped;
    // Well before silence would have done it.
    assertTrue(took < SILENCE_NANOS, "grounded after " + took / 1e6 + " ms");
    writing.join();
    Fault.Interrupted fault = assertInstanceOf(Fault.Interrupted.class, failure.get().fault());
    assertTrue(fault.message().contains("stop"), fault.message());
    failure.set(null);
    write();
    assertInstanceOf(Fault.Interrupted.class, failure.get().fault(), "refused while stopped");
    assertTrue(backplane.grounded());
    board.resume();
    assertFalse(board.arrays().getFirst().read(zeros()).rows() == 0);
  }

  private Batch zeros() {
    return Batch.zeros(1, board.arrays().getFirst().geometry().rows());
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what + ": not within 10 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
