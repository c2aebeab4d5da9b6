package org.mortal.bench.measure;

import java.util.concurrent.atomic.AtomicLong;
import org.mortal.chip.board.Link;

/// Counts the bytes that pass.
final class CountingLink implements Link {
  private final Link link;
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong out = new AtomicLong();

  CountingLink(Link link) {
    this.link = link;
  }

  long in() {
    return in.get();
  }

  long out() {
    return out.get();
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    int count = link.read(buffer, nanos);
    in.addAndGet(count);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    link.write(bytes, offset, count);
    out.addAndGet(count);
  }

  @Override
  public void reopen() throws Gone {
    link.reopen();
  }

  @Override
  public String address() {
    return link.address();
  }

  @Override
  public void close() {
    link.close();
  }
}
