package org.mortal.chip.board;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The cable to a [FakeBoard], in memory: can be unplugged, cut, and turned back on itself.
sealed class FakeCable implements Link permits FakeBoard {
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> toBoard = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> toHost = new LinkedBlockingQueue<>();
  private byte[] leftover = END;

  /// Changed by tests while the board runs.
  volatile boolean plugged = true;

  /// Nothing that the board says arrives.
  volatile boolean mute;

  volatile boolean echo;

  /// It can be plugged in again, but carries nothing and is gone at once.
  volatile boolean loose;

  /// How often it was plugged in again.
  volatile int reopens;

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    checkPlugged();
    byte[] bytes = leftover;
    try {
      if (bytes.length == 0) {
        bytes = toHost.poll(nanos, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (bytes == null || bytes.length == 0) {
      checkPlugged();
      return 0;
    }
    int count = Math.min(bytes.length, buffer.length);
    System.arraycopy(bytes, 0, buffer, 0, count);
    leftover = Arrays.copyOfRange(bytes, count, bytes.length);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    checkPlugged();
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + count);
    (echo ? toHost : toBoard).add(copy);
  }

  private void checkPlugged() throws Gone {
    if (!plugged || loose) {
      throw new Gone("unplugged");
    }
  }

  @Override
  public void reopen() throws Gone {
    if (!plugged) {
      throw new Gone("unplugged");
    }
    reopens++;
    toHost.clear();
    leftover = END;
  }

  @Override
  public String address() {
    return "fake:board";
  }

  @Override
  public void close() {
    // The board goes on without its host.
  }

  /// Takes what the host has sent, or null; waits at most `millis`.
  final byte[] takeFromHost(long millis) throws InterruptedException {
    return millis == 0 ? toBoard.poll() : toBoard.poll(millis, TimeUnit.MILLISECONDS);
  }

  final void sayToHost(byte[] wire) {
    if (!mute && plugged && !loose) {
      toHost.add(wire);
    }
  }
}
