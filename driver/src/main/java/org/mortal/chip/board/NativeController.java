package org.mortal.chip.board;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Batch;

/// Firmware in this process, called without a wire and without copying a batch.
///
/// All memory that calls need is allocated once.
final class NativeController implements Controller {
  private static final int COUNTERS_BYTES = 1024;

  private final NativeBoard board;
  private final NativeFunctions functions;
  private final Object lock = new Object();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment fault = arena.allocate(FaultReport.BYTES);
  private final MemorySegment counters = arena.allocate(COUNTERS_BYTES);
  private final MemorySegment counts;
  private final MemorySegment outcomes;
  private final Greeting greeting;
  private boolean closed;

  /// @param board closed with this
  NativeController(NativeBoard board) {
    this.board = board;
    this.functions = board.functions();
    MemorySegment bytes = arena.allocate(Greeting.BYTES);
    functions.describe(board.pointer(), bytes);
    this.greeting = Greeting.parse(bytes.asByteBuffer());
    this.counts = arena.allocate(JAVA_SHORT, greeting.geometry().cells());
    this.outcomes = arena.allocate((long) CellOutcomes.BYTES * greeting.geometry().columns());
  }

  @Override
  public Greeting greeting() {
    return greeting;
  }

  @Override
  public boolean checksWholeReads() {
    return true;
  }

  @Override
  public void read(List<Chip.ArrayRead> reads) {
    for (int i = 0; i < reads.size(); i++) {
      Chip.ArrayRead one = reads.get(i);
      if (one.amps().rows() == 0) {
        continue;
      }
      int status = functions.read(board.pointer(), one.array(), one.read(), one.amps(), fault);
      if (status != 0) {
        throw refused(Command.READ, one.array(), 0);
      }
    }
  }

  @Override
  public void pulse(List<Chip.ArrayPulses> trains) {
    for (Chip.ArrayPulses one : trains) {
      PulseTrain train = one.train();
      MemorySegment.copy(train.counts(), 0, counts, JAVA_SHORT, 0, train.counts().length);
      int millis = Deadline.millis(train);
      int status = functions.pulse(board.pointer(), one.array(), train, counts, millis, fault);
      if (status != 0) {
        throw refused(Command.PULSE, one.array(), 0);
      }
    }
  }

  @Override
  public ProgramResult program(int array, ProgramRequest request) {
    Geometry geometry = greeting.geometry();
    Batch targets = request.targetSiemens();
    CellOutcomes cells = new CellOutcomes(geometry);
    int millis = Deadline.millis(request, geometry.columns(), greeting.limits());
    for (int row = 0; row < geometry.rows(); row++) {
      MemorySegment target = targets.rows(row, row + 1).segment();
      int status =
          functions.program(board.pointer(), array, row, request, millis, target, outcomes, fault);
      if (status != 0) {
        throw refused(Command.PROGRAM, array, cells.pulses());
      }
      cells.take(
          row * geometry.columns(),
          geometry.columns(),
          outcomes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    return cells.result();
  }

  private ChipException refused(Command command, int array, long pulsesBefore) {
    FaultReport report = FaultReport.parse(fault.asByteBuffer()).to(array);
    return new ChipException(
        report.toFault(board.address(), command, greeting.geometry(), pulsesBefore));
  }

  @Override
  public Counters counters() {
    int length = functions.counters(board.pointer(), counters);
    return Counters.parse(counters.asSlice(0, length).asByteBuffer());
  }

  @Override
  public void stop() {
    // A board must not be closed while another thread stops it.
    synchronized (lock) {
      if (!closed) {
        functions.stop(board.pointer());
      }
    }
  }

  @Override
  public void resume() {
    functions.resume(board.pointer());
  }

  @Override
  public void set(Setting setting, String value) {
    throw unsupported("keeps no settings");
  }

  @Override
  public void restart() {
    throw unsupported("has no restart");
  }

  private ChipException unsupported(String lack) {
    return new ChipException(
        new Fault.Hardware(
            board.address(),
            "firmware in this process %s: ask a board at the end of a link".formatted(lack)));
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        functions.ground(board.pointer());
        board.close();
      }
    }
  }
}
