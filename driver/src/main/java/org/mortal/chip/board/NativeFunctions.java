package org.mortal.chip.board;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// The functions of `firmware/port/host/mortal.h`, one method each.
///
/// They are called by [NativeSignatures], wherever a library has them.
final class NativeFunctions {
  /// The version of the interface that this class was written for.
  static final int ABI_VERSION = 2;

  private final MemorySegment open;
  private final MemorySegment openSimulated;
  private final MemorySegment close;
  private final MemorySegment describe;
  private final MemorySegment read;
  private final MemorySegment pulse;
  private final MemorySegment program;
  private final MemorySegment counters;
  private final MemorySegment ground;
  private final MemorySegment stop;
  private final MemorySegment resume;
  private final MemorySegment receive;
  private final MemorySegment step;
  private final MemorySegment transmit;
  private final MemorySegment restart;

  /// @throws java.util.NoSuchElementException if one is missing
  NativeFunctions(SymbolLookup symbols) {
    open = symbols.findOrThrow("mortal_open");
    openSimulated = symbols.findOrThrow("mortal_open_simulated");
    close = symbols.findOrThrow("mortal_close");
    describe = symbols.findOrThrow("mortal_describe");
    read = symbols.findOrThrow("mortal_read");
    pulse = symbols.findOrThrow("mortal_pulse");
    program = symbols.findOrThrow("mortal_program");
    counters = symbols.findOrThrow("mortal_counters");
    ground = symbols.findOrThrow("mortal_ground");
    stop = symbols.findOrThrow("mortal_stop");
    resume = symbols.findOrThrow("mortal_resume");
    receive = symbols.findOrThrow("mortal_link_receive");
    step = symbols.findOrThrow("mortal_link_step");
    transmit = symbols.findOrThrow("mortal_link_transmit");
    restart = symbols.findOrThrow("mortal_link_restart");
  }

  static int abiVersion(SymbolLookup symbols) {
    try {
      return (int) NativeSignatures.NUMBER.invokeExact(symbols.findOrThrow("mortal_abi_version"));
    } catch (Throwable e) {
      throw failed("mortal_abi_version", e);
    }
  }

  /// A board over the built-in array model, or [MemorySegment#NULL].
  MemorySegment open(int arrays, int rows, int columns, long seed) {
    try {
      return (MemorySegment) NativeSignatures.OPEN.invokeExact(open, arrays, rows, columns, seed);
    } catch (Throwable e) {
      throw failed("mortal_open", e);
    }
  }

  /// A board over whatever `exchange` answers for, or [MemorySegment#NULL].
  MemorySegment openSimulated(MemorySegment exchange) {
    try {
      return (MemorySegment)
          NativeSignatures.OPEN_SIMULATED.invokeExact(openSimulated, exchange, MemorySegment.NULL);
    } catch (Throwable e) {
      throw failed("mortal_open_simulated", e);
    }
  }

  void close(MemorySegment board) {
    onBoard("mortal_close", close, board);
  }

  void ground(MemorySegment board) {
    onBoard("mortal_ground", ground, board);
  }

  void stop(MemorySegment board) {
    onBoard("mortal_stop", stop, board);
  }

  void resume(MemorySegment board) {
    onBoard("mortal_resume", resume, board);
  }

  private static void onBoard(String name, MemorySegment function, MemorySegment board) {
    try {
      NativeSignatures.BOARD.invokeExact(function, board);
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  void describe(MemorySegment board, MemorySegment greeting) {
    try {
      NativeSignatures.BOARD_BYTES.invokeExact(describe, board, greeting);
    } catch (Throwable e) {
      throw failed("mortal_describe", e);
    }
  }

  /// Reads without copying; answers a status, and `fault` says more where it is not 0.
  int read(MemorySegment board, int array, Read read, Batch amps, MemorySegment fault) {
    MemorySegment bias = read.biasAmps() == null ? MemorySegment.NULL : read.biasAmps().segment();
    try {
      return (int)
          NativeSignatures.READ.invokeExact(
              this.read,
              board,
              array,
              read.sense().ordinal(),
              read.inputs().segment(),
              read.inputs().stride(),
              (float) read.voltsPerUnit(),
              bias,
              read.inputs().rows(),
              read.inputs().columns(),
              amps.segment(),
              amps.stride(),
              amps.columns(),
              fault);
    } catch (Throwable e) {
      throw failed("mortal_read", e);
    }
  }

  /// @param counts those of `train`, in native memory
  int pulse(
      MemorySegment board,
      int array,
      PulseTrain train,
      MemorySegment counts,
      int maxMillis,
      MemorySegment fault) {
    try {
      return (int)
          NativeSignatures.PULSE.invokeExact(
              pulse,
              board,
              array,
              counts,
              train.counts().length,
              train.setVolts(),
              train.resetVolts(),
              train.seconds(),
              maxMillis,
              fault);
    } catch (Throwable e) {
      throw failed("mortal_pulse", e);
    }
  }

  /// Programs row `row`.
  ///
  /// @param targets of that row
  /// @param outcomes 9 bytes a cell
  int program(
      MemorySegment board,
      int array,
      int row,
      ProgramRequest request,
      int maxMillis,
      MemorySegment targets,
      MemorySegment outcomes,
      MemorySegment fault) {
    try {
      return (int)
          NativeSignatures.PROGRAM.invokeExact(
              program,
              board,
              array,
              row,
              0,
              request.targetSiemens().columns(),
              request.maxPasses(),
              request.readsPerVerify(),
              maxMillis,
              request.toleranceSiemens(),
              targets,
              outcomes,
              fault);
    } catch (Throwable e) {
      throw failed("mortal_program", e);
    }
  }

  /// As the reply to COUNTERS; answers its length.
  int counters(MemorySegment board, MemorySegment bytes) {
    return onBuffer("mortal_counters", counters, board, bytes, (int) bytes.byteSize());
  }

  /// Gives the link `count` bytes, and answers how many it took.
  int receive(MemorySegment board, MemorySegment bytes, int count) {
    return onBuffer("mortal_link_receive", receive, board, bytes, count);
  }

  /// Takes what the link has to say, and answers how much it was.
  int transmit(MemorySegment board, MemorySegment bytes) {
    return onBuffer("mortal_link_transmit", transmit, board, bytes, (int) bytes.byteSize());
  }

  private static int onBuffer(
      String name, MemorySegment function, MemorySegment board, MemorySegment bytes, int count) {
    try {
      return (int) NativeSignatures.BOARD_BUFFER.invokeExact(function, board, bytes, count);
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  /// One round of the firmware's main loop; answers whether there is nothing left to do but wait.
  boolean step(MemorySegment board) {
    try {
      return (int) NativeSignatures.BOARD_NUMBER.invokeExact(step, board) != 0;
    } catch (Throwable e) {
      throw failed("mortal_link_step", e);
    }
  }

  void restart(MemorySegment board, int nonce) {
    try {
      NativeSignatures.RESTART.invokeExact(restart, board, nonce);
    } catch (Throwable e) {
      throw failed("mortal_link_restart", e);
    }
  }

  private static IllegalStateException failed(String name, Throwable cause) {
    return new IllegalStateException(name + " could not be called", cause);
  }
}
