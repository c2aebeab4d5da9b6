package org.mortal.chip.board;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The bytes of a link whose other end is firmware in this process.
///
/// A thread of its own steps the firmware, so that bytes pass while a job runs, as they do where a UART interrupts it.
public final class NativeLink implements Link {
  /// Bytes moved at a time.
  private static final int CHUNK = 4096;

  /// How long firmware with nothing to do rests; bytes that come wake it.
  private static final long REST_NANOS = 200_000;

  /// How often a waiting reader or writer looks.
  private static final long LOOK_NANOS = 100_000;

  /// A job that runs is waited for no longer than this.
  private static final long CLOSE_MILLIS = 10_000;

  private final NativeBoard board;
  private final NativeFunctions functions;
  private final MemorySegment incoming = Arena.ofAuto().allocate(CHUNK);
  private final MemorySegment outgoing = Arena.ofAuto().allocate(CHUNK);

  /// Held by whoever moves bytes, restarts or closes; not by a step, which may be a long job.
  private final Object lock = new Object();

  private final Thread firmware;
  private volatile boolean closed;
  private volatile boolean silent;
  private volatile int nonce;

  /// @param board closed with this
  NativeLink(NativeBoard board) {
    this.board = board;
    this.functions = board.functions();
    this.firmware = Thread.ofPlatform().daemon().name("firmware").start(this::run);
  }

  /// The firmware of the library at `path` over a chip of this process.
  ///
  /// @throws org.mortal.chip.ChipException if there is no such library
  public static NativeLink open(Path path, Backplane backplane) {
    String address = "link:" + path;
    return new NativeLink(
        NativeBoard.open(address, LibProvider.functions(address, path), backplane));
  }

  private void run() {
    while (!closed) {
      boolean idle = functions.step(board.pointer());
      if (board.isOff()) {
        synchronized (lock) {
          board.restart(nonce);
          silent = false;
        }
      } else if (idle) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
    synchronized (lock) {
      board.close();
    }
  }

  /// Restarts the firmware at this moment, whatever it is doing: from now on it reaches the chip no more and says
  /// nothing, and begins anew as soon as it has noticed. From any thread.
  public void restart(int newNonce) {
    nonce = newNonce;
    silent = true;
    board.switchOff();
    LockSupport.unpark(firmware);
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    long end = System.nanoTime() + nanos;
    while (true) {
      int count = take(buffer);
      if (count > 0 || System.nanoTime() - end >= 0) {
        return count;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private int take(byte[] buffer) throws Gone {
    synchronized (lock) {
      checkOpen();
      MemorySegment room = outgoing.asSlice(0, Math.min(buffer.length, CHUNK));
      int count = functions.transmit(board.pointer(), room);
      if (silent) {
        return 0;
      }
      MemorySegment.copy(outgoing, ValueLayout.JAVA_BYTE, 0, buffer, 0, count);
      return count;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    int done = 0;
    while (done < count) {
      int part = give(bytes, offset + done, Math.min(count - done, CHUNK));
      LockSupport.unpark(firmware);
      if (part == 0) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      done += part;
    }
  }

  private int give(byte[] bytes, int offset, int count) throws Gone {
    synchronized (lock) {
      checkOpen();
      MemorySegment.copy(bytes, offset, incoming, ValueLayout.JAVA_BYTE, 0, count);
      return functions.receive(board.pointer(), incoming, count);
    }
  }

  private void checkOpen() throws Gone {
    if (closed) {
      throw new Gone("closed");
    }
  }

  @Override
  public void reopen() throws Gone {
    checkOpen();
  }

  @Override
  public String address() {
    return board.address();
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    LockSupport.unpark(firmware);
    try {
      firmware.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
