package org.mortal.bench.faults;

import java.util.function.Consumer;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.board.Boards;
import org.mortal.chip.board.FaultyLink;
import org.mortal.chip.board.LinkOptions;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Uses a board over a bad line, restarts it and pulls its cable while it writes, and compares what its cells were given with
/// what the host was told, call by call.
///
/// A twin of the chip is given every train that the model applied, so that readings can be held against it too. The host's own
/// check of limits is off, so that the firmware must refuse what is beyond them.
public final class FaultCampaign {
  private static final LinkOptions PATIENT = new LinkOptions(10_000, 10_000);

  /// Calls between two changes of session, and between two comparisons of the accounts.
  private static final int SESSION = 2000;

  private static final int SETTLE = 50;

  private static final int MOST_VECTORS = 4;
  private static final int MOST_COUNT = 5;

  /// Of a hundred calls.
  private static final int READS = 55;

  private static final int PROGRAMS = 1;
  private static final int REFUSALS = 6;

  /// A job during which the board is interrupted takes about so long, that it is hit in the middle.
  private static final double LONG_SECONDS = 8e-3;

  private final FaultPlan plan;
  private final CampaignRig rig;
  private final PulseLedger ledger;
  private final Chip twin;
  private final Runnable step;
  private final Philox random;
  private final Interruptions interruptions;
  private final Tally tally = new Tally();
  private final Geometry geometry;
  private final Limits limits;
  private FaultyLink line;
  private BoardChip board;
  private int sessions;

  /// @param ledger of the chip under the board
  /// @param twin the same chip once more, kept in step by the ledger
  /// @param step called after each call
  public FaultCampaign(
      FaultPlan plan, CampaignRig rig, PulseLedger ledger, Chip twin, Runnable step) {
    this.plan = plan;
    this.rig = rig;
    this.ledger = ledger;
    this.twin = twin;
    this.step = step;
    this.random = new Philox(Philox.key(plan.seed(), 0));
    this.interruptions = new Interruptions(plan, rig, new Philox(Philox.key(plan.seed(), 1)));
    this.geometry = twin.arrays().getFirst().geometry();
    this.limits = twin.arrays().getFirst().limits();
  }

  /// Runs the whole plan.
  public CampaignResult run() {
    long started = System.nanoTime();
    try {
      for (int command = 0; command < plan.commands(); command++) {
        if (command % SESSION == 0) {
          change();
        }
        Interruptions.Kind kind = interruptions.during(command);
        if (kind == null) {
          call();
        } else {
          interrupt(kind);
        }
        if ((command + 1) % SETTLE == 0) {
          settle();
        }
        step.run();
      }
      settle();
      for (int array = 0; array < twin.arrays().size(); array++) {
        compare(array, 2 * geometry.rows());
      }
    } finally {
      leave();
    }
    return tally.result(plan, ledger.given(), (System.nanoTime() - started) / 1e9);
  }

  // --- sessions ---

  private void change() {
    leave();
    line =
        new FaultyLink(rig.link(), plan.rates(), new Philox(Philox.key(plan.seed(), 2, sessions)));
    board = Boards.openUnchecked(line, PATIENT, Philox.key(plan.seed(), 3, sessions));
    sessions++;
  }

  private void leave() {
    if (board != null) {
      board.close();
      tally.line(line.injected(), board.link().orElseThrow());
      board = null;
    }
  }

  // --- calls ---

  private void call() {
    int array = random.nextInt(twin.arrays().size());
    int kind = random.nextInt(100);
    if (kind < READS) {
      compare(array, 1 + random.nextInt(MOST_VECTORS));
    } else if (kind < READS + PROGRAMS) {
      program(array);
    } else if (kind < READS + PROGRAMS + REFUSALS) {
      overreach(array);
    } else {
      pulse(array, PulseTrain.nominal(anyCounts(), limits.write()));
    }
  }

  private void interrupt(Interruptions.Kind kind) {
    int array = random.nextInt(twin.arrays().size());
    Runnable job = random.nextInt(4) == 0 ? () -> program(array) : longTrain(array);
    long nanos = (long) (1e9 * LONG_SECONDS);
    tally.interrupted(kind, interruptions.during(kind, line, nanos, job));
  }

  private Runnable longTrain(int array) {
    double seconds = limits.maxPulseSeconds();
    // Counts are half the most on average.
    short[] counts = counts((int) Math.ceil(2 * LONG_SECONDS / seconds / MOST_COUNT));
    PulseTrain train =
        new PulseTrain(counts, limits.write().setVolts(), limits.write().resetVolts(), seconds);
    return () -> pulse(array, train);
  }

  /// Pulses for some cells of the array, few or many.
  private short[] anyCounts() {
    return counts(1 + random.nextInt(geometry.cells()));
  }

  /// Pulses for so many cells anywhere in the array; a cell drawn twice has the second.
  private short[] counts(int cells) {
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < cells; i++) {
      int count = 1 + random.nextInt(MOST_COUNT);
      int cell = random.nextInt(counts.length);
      counts[cell] = (short) (random.nextBoolean() ? count : -count);
    }
    return counts;
  }

  private void pulse(int array, PulseTrain train) {
    attempt(
        () -> {
          board.arrays().get(array).pulse(train);
          ledger.done(array, train.counts());
          tally.done++;
        },
        fault -> ledger.unknown(array, train.counts()));
  }

  /// Asks for what is beyond a limit. Nothing of it may reach a cell.
  private void overreach(int array) {
    short[] counts = anyCounts();
    double volts = limits.write().setVolts();
    double seconds = limits.write().seconds();
    double beyond = 1.001 + random.nextDouble();
    PulseTrain train =
        switch (random.nextInt(4)) {
          case 0 -> new PulseTrain(counts, beyond * limits.maxPulseVolts(), volts, seconds);
          case 1 -> new PulseTrain(counts, volts, beyond * limits.maxPulseVolts(), seconds);
          case 2 -> new PulseTrain(counts, volts, volts, beyond * limits.maxPulseSeconds());
          default -> {
            // Alone, so that it stands in the first frame of its train.
            short[] one = new short[counts.length];
            one[random.nextInt(one.length)] = (short) (limits.maxPulses() + 1);
            yield new PulseTrain(one, volts, volts, seconds);
          }
        };
    try {
      board.arrays().get(array).pulse(train);
      tally.violation("a train beyond the limits was reported as done");
    } catch (ChipException e) {
      switch (e.fault()) {
        case Fault.OutOfLimits refusal -> tally.refused++;
        // An interruption by the line came first; that nothing was applied is seen by the ledger.
        case Fault.UnknownOutcome outcome -> tally.unknown++;
        default -> lost(e);
      }
    }
  }

  private void program(int array) {
    settle();
    Batch targets = Batch.zeros(geometry.rows(), geometry.columns());
    for (int i = 0; i < geometry.cells(); i++) {
      double part = random.nextDouble();
      targets.set(
          i / geometry.columns(),
          i % geometry.columns(),
          (float) (limits.minSiemens() + part * limits.windowSiemens()));
    }
    ProgramRequest request = new ProgramRequest(targets, 2 * limits.write().stepSiemens(), 6, 1);
    attempt(
        () -> {
          ProgramResult result = board.arrays().get(array).program(request);
          flush();
          ledger.programmed(array, result);
        },
        fault -> {
          flush();
          ledger.programmedUnknown(array);
        });
  }

  /// Reads random vectors through the board and from the twin.
  private void compare(int array, int vectors) {
    Batch inputs = Batch.zeros(vectors, geometry.rows());
    for (int n = 0; n < vectors; n++) {
      for (int r = 0; r < geometry.rows(); r++) {
        inputs.set(n, r, random.nextFloat());
      }
    }
    Read read = new Read(inputs, limits.maxReadVolts(), null, Read.Sense.ALL);
    Batch amps = Batch.zeros(vectors, geometry.outputs());
    attempt(
        () -> {
          board.arrays().get(array).read(read, amps);
          tally.reads++;
          Batch expected = Batch.zeros(vectors, geometry.outputs());
          synchronized (ledger) {
            twin.arrays().get(array).read(read, expected);
          }
          requireSame(expected, amps);
        },
        fault -> tally.violation("a reading has no unknown outcome: " + fault.message()));
  }

  /// To rounding: the board reads a batch in parts.
  private void requireSame(Batch expected, Batch amps) {
    double tolerance = 1e-5 * limits.fullScaleAmps();
    for (int n = 0; n < amps.rows(); n++) {
      for (int j = 0; j < amps.columns(); j++) {
        if (!(Math.abs(expected.get(n, j) - amps.get(n, j)) <= tolerance)) {
          tally.violation(
              "vector %d, output %d reads %g A, the twin %g A"
                  .formatted(n, j, amps.get(n, j), expected.get(n, j)));
          return;
        }
      }
    }
  }

  /// @param unknown what to do when cells may or may not have been written
  private void attempt(Runnable work, Consumer<Fault> unknown) {
    try {
      work.run();
    } catch (ChipException e) {
      switch (e.fault()) {
        case Fault.UnknownOutcome fault -> {
          tally.unknown++;
          unknown.accept(fault);
        }
        case Fault.Interrupted fault -> {
          tally.unknown++;
          unknown.accept(fault);
        }
        default -> lost(e);
      }
    }
  }

  /// The board was out of reach and nothing was written: another session.
  private void lost(ChipException e) {
    switch (e.fault()) {
      case Fault.LinkLost fault -> tally.lost++;
      case Fault.LinkTimeout fault -> tally.lost++;
      default -> tally.violation("unexpected: " + e.getMessage());
    }
    change();
  }

  // --- accounts ---

  private void settle() {
    flush();
    ledger.settle().forEach(tally::violation);
  }

  /// An answer from the model itself comes after everything that it was told before.
  private void flush() {
    attempt(() -> board.telemetry(), fault -> tally.violation(fault.message()));
  }
}
