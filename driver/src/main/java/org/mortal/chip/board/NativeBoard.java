package org.mortal.chip.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// One board of the firmware library, over its built-in array or over a [Backplane] that it calls back.
final class NativeBoard implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NativeBoard.class.getName());

  /// What is answered by a chip that failed, or that the firmware was cut off from: no reply is as long.
  private static final int NO_ANSWER = -1;

  private static final MethodHandle EXCHANGE = exchangeHandle();

  private final String address;
  private final NativeFunctions functions;
  private final Backplane backplane;
  // Shared, since the thread that closes a board need not be the one that opened it.
  private final Arena arena = Arena.ofShared();
  private volatile boolean off;
  private MemorySegment pointer;

  private NativeBoard(String address, NativeFunctions functions, Backplane backplane) {
    this.address = address;
    this.functions = functions;
    this.backplane = backplane;
  }

  /// A board over the built-in array model.
  ///
  /// @param address for messages
  static NativeBoard open(
      String address, NativeFunctions functions, int arrays, int rows, int columns, long seed) {
    NativeBoard board = new NativeBoard(address, functions, null);
    board.pointer = functions.open(arrays, rows, columns, seed);
    return board.checked();
  }

  /// A board over what `backplane` answers.
  static NativeBoard open(String address, NativeFunctions functions, Backplane backplane) {
    NativeBoard board = new NativeBoard(address, functions, backplane);
    board.pointer = functions.openSimulated(board.stub());
    return board.checked();
  }

  private NativeBoard checked() {
    if (pointer.equals(MemorySegment.NULL)) {
      arena.close();
      throw new ChipException(
          new Fault.NoBoard(
              address, "the library cannot make such a board: ask for fewer or smaller arrays"));
    }
    return this;
  }

  String address() {
    return address;
  }

  NativeFunctions functions() {
    return functions;
  }

  /// What the library knows the board by.
  MemorySegment pointer() {
    if (pointer == null) {
      throw new IllegalStateException(address + " was used after it was closed");
    }
    return pointer;
  }

  /// Cuts the firmware off from the chip, as a loss of power does, until [#restart].
  void switchOff() {
    off = true;
  }

  boolean isOff() {
    return off;
  }

  /// Starts the firmware anew on the chip as it is. To be called between two steps.
  void restart(int nonce) {
    off = false;
    functions.restart(pointer(), nonce);
  }

  private static MethodHandle exchangeHandle() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              NativeBoard.class,
              "exchange",
              MethodType.methodType(
                  int.class,
                  MemorySegment.class,
                  MemorySegment.class,
                  int.class,
                  MemorySegment.class,
                  int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("restricted")
  private MemorySegment stub() {
    return Linker.nativeLinker()
        .upcallStub(
            EXCHANGE.bindTo(this),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT),
            arena);
  }

  /// Called by the firmware. Nothing may be thrown into C; the firmware says that its chip failed.
  @SuppressWarnings({"restricted", "unused"})
  private int exchange(
      MemorySegment context, MemorySegment request, int count, MemorySegment reply, int capacity) {
    if (off) {
      return NO_ANSWER;
    }
    try {
      // The message has its length before it.
      return backplane.answer(
          request.reinterpret(count).asSlice(Integer.BYTES).asByteBuffer(),
          reply.reinterpret(capacity).asByteBuffer());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "{0}: the chip below the firmware failed: {1}", address, e);
      return NO_ANSWER;
    }
  }

  @Override
  public void close() {
    if (pointer != null) {
      functions.close(pointer);
      pointer = null;
      arena.close();
    }
  }
}
