package org.mortal.chip.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// One board of the firmware library that can be read from Java and from C, to measure what their border costs.
public final class CallComparison implements AutoCloseable {
  private static final MethodHandle BENCH_READ = handle();

  private final NativeBoard board;
  private final BoardChip chip;
  private final MemorySegment benchRead;
  private final MemorySegment fault = Arena.ofAuto().allocate(FaultReport.BYTES);

  private CallComparison(NativeBoard board, MemorySegment benchRead) {
    this.board = board;
    this.chip = new BoardChip(new NativeController(board));
    this.benchRead = benchRead;
  }

  /// A board with one array.
  ///
  /// @param library `libmortal.so`; `libmortal_bench.so` lies beside it
  /// @throws ChipException if one of them is missing
  public static CallComparison open(Path library, int rows, int columns, long seed) {
    String address = "lib:" + library;
    NativeFunctions functions = LibProvider.functions(address, library);
    MemorySegment benchRead = benchRead(library.resolveSibling("libmortal_bench.so"));
    return new CallComparison(
        NativeBoard.open(address, functions, 1, rows, columns, seed), benchRead);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment benchRead(Path library) {
    try {
      return SymbolLookup.libraryLookup(library.toAbsolutePath(), Arena.global())
          .findOrThrow("mortal_bench_read");
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new ChipException(
          new Fault.NoBoard(
              library.toString(), "it cannot be loaded; `make -C firmware host` builds it"));
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    return Linker.nativeLinker()
        .downcallHandle(
            FunctionDescriptor.of(
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                ADDRESS,
                JAVA_LONG,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                ADDRESS,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS,
                JAVA_INT));
  }

  /// The board as every caller in Java has it.
  public Chip chip() {
    return chip;
  }

  /// Nanoseconds of one read of the array when C makes `calls` of them. No bias.
  public double nanosInC(Read read, Batch amps, int calls) {
    double nanos;
    try {
      nanos =
          (double)
              BENCH_READ.invokeExact(
                  benchRead,
                  board.pointer(),
                  0,
                  read.sense().ordinal(),
                  read.inputs().segment(),
                  read.inputs().stride(),
                  (float) read.voltsPerUnit(),
                  MemorySegment.NULL,
                  read.inputs().rows(),
                  read.inputs().columns(),
                  amps.segment(),
                  amps.stride(),
                  amps.columns(),
                  fault,
                  calls);
    } catch (Throwable e) {
      throw new IllegalStateException("mortal_bench_read could not be called", e);
    }
    if (nanos < 0) {
      FaultReport report = FaultReport.parse(fault.asByteBuffer());
      throw new ChipException(report.toFault(board.address(), Command.READ, chip.geometry(), 0));
    }
    return nanos;
  }

  @Override
  public void close() {
    chip.close();
  }
}
