package org.mortal.chip.board;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A link made as slow as a serial line: bytes take their time at a baud rate, and arrive late by half a round trip each way.
///
/// Both directions work at the same time. As with a real line a writer gets ahead of it by a buffer and no more.
public final class ThrottledLink implements Link {
  private static final int BITS_PER_BYTE = 10;
  private static final int BUFFER_BYTES = 4096;
  private static final int CHUNK_BYTES = 256;
  private static final long LOOK_NANOS = 20_000_000;
  private static final long JOIN_MILLIS = 1000;

  private final Link link;
  private final Line outward;
  private final Line inward;
  private final Thread sender;
  private final Thread receiver;
  private volatile boolean closed;
  private volatile String gone;

  /// @param link without delay of its own; closed with this
  /// @param roundTripNanos what both ways take together, beside the time for the bytes
  public ThrottledLink(Link link, int baud, long roundTripNanos) {
    this.link = link;
    double byteNanos = 1e9 * BITS_PER_BYTE / baud;
    this.outward = new Line(byteNanos, roundTripNanos / 2);
    this.inward = new Line(byteNanos, roundTripNanos - roundTripNanos / 2);
    this.sender = Thread.ofPlatform().daemon().name("line out").start(() -> run(this::send));
    this.receiver = Thread.ofPlatform().daemon().name("line in").start(() -> run(this::receive));
  }

  /// One way of the line.
  private static final class Line {
    private final double byteNanos;
    private final long latencyNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final byte[] bytes = new byte[1 << 16];

    /// When each byte of [#bytes] arrives.
    private final long[] due = new long[bytes.length];

    private long put;
    private long taken;
    private long free = System.nanoTime();

    Line(double byteNanos, long latencyNanos) {
      this.byteNanos = byteNanos;
      this.latencyNanos = latencyNanos;
    }

    /// Puts bytes on the line, and says when its buffer has room for more.
    long put(byte[] source, int offset, int count) {
      lock.lock();
      try {
        long start = Math.max(System.nanoTime(), free);
        for (int i = 0; i < count; i++) {
          int at = (int) (put++ % bytes.length);
          bytes[at] = source[offset + i];
          due[at] = start + (long) ((i + 1) * byteNanos) + latencyNanos;
        }
        free = start + (long) (count * byteNanos);
        filled.signal();
        return free - (long) (BUFFER_BYTES * byteNanos);
      } finally {
        lock.unlock();
      }
    }

    /// Whether `count` more bytes can be kept until they are taken.
    boolean keeps(int count) {
      lock.lock();
      try {
        return put - taken + count <= bytes.length;
      } finally {
        lock.unlock();
      }
    }

    /// Takes what has arrived, after waiting for it at most `nanos`.
    int take(byte[] target, long nanos) throws InterruptedException {
      long end = System.nanoTime() + nanos;
      lock.lock();
      try {
        long now = System.nanoTime();
        while (taken == put || now - due[(int) (taken % bytes.length)] < 0) {
          long until = taken == put ? end : Math.min(end, due[(int) (taken % bytes.length)]);
          if (now - end >= 0) {
            return 0;
          }
          filled.awaitNanos(until - now);
          now = System.nanoTime();
        }
        int count = 0;
        while (count < target.length
            && taken < put
            && now - due[(int) (taken % bytes.length)] >= 0) {
          target[count++] = bytes[(int) (taken++ % bytes.length)];
        }
        return count;
      } finally {
        lock.unlock();
      }
    }
  }

  private interface Loop {
    void run() throws Gone, InterruptedException;
  }

  private void run(Loop loop) {
    try {
      loop.run();
    } catch (Gone e) {
      gone = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() throws Gone, InterruptedException {
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!closed) {
      int count = outward.take(chunk, LOOK_NANOS);
      if (count > 0) {
        link.write(chunk, 0, count);
      }
    }
  }

  private void receive() throws Gone, InterruptedException {
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!closed) {
      int count = inward.keeps(chunk.length) ? link.read(chunk, LOOK_NANOS) : 0;
      pauseUntil(inward.put(chunk, 0, count));
    }
  }

  private static void pauseUntil(long time) throws InterruptedException {
    long nanos = time - System.nanoTime();
    if (nanos > 0) {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    try {
      int count = inward.take(buffer, nanos);
      if (count == 0) {
        check();
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Gone("interrupted");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    try {
      for (int done = 0; done < count; ) {
        check();
        int part = Math.min(CHUNK_BYTES, count - done);
        pauseUntil(outward.put(bytes, offset + done, part));
        done += part;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Gone("interrupted");
    }
  }

  private void check() throws Gone {
    String reason = gone;
    if (closed || reason != null) {
      throw new Gone(closed ? "closed" : reason);
    }
  }

  /// Such a line is for measurements: it does not come back.
  @Override
  public void reopen() throws Gone {
    throw new Gone(gone == null ? "closed" : gone);
  }

  @Override
  public String address() {
    return link.address();
  }

  @Override
  public void close() {
    closed = true;
    try {
      sender.join(JOIN_MILLIS);
      receiver.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.close();
  }
}
