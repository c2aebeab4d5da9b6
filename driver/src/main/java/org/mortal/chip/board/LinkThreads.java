package org.mortal.chip.board;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.mortal.chip.Fault;

/// Moves the bytes of one [Conversation]: a thread reads, looks for a link that is gone, and notices a write that hangs; another
/// writes and keeps the times.
final class LinkThreads {
  private static final long READ_NANOS = 50_000_000;
  private static final long LOOK_NANOS = 1_000_000;
  private static final long REST_NANOS = 200_000_000;
  private static final long REOPEN_NANOS = 50_000_000;
  private static final long JOIN_MILLIS = 2000;
  private static final int READ_BYTES = 1 << 14;
  private static final System.Logger LOG = System.getLogger(LinkThreads.class.getName());

  private final Link link;
  private final LinkOptions options;
  private final Conversation conversation;
  private final ReentrantLock lock = new ReentrantLock();

  /// For callers: replies, credits, states.
  private final Condition changed = lock.newCondition();

  /// For the writer: something to send.
  private final Condition work = lock.newCondition();

  private final Thread reader;
  private final Thread writer;
  private int waiting;
  private boolean writing;
  private long writingSince;
  private String gone;

  /// Whether nothing came since the link was gone, and since when: one that comes back only to go again is lost too.
  private boolean away;

  private long awaySince;
  private boolean closed;

  LinkThreads(Link link, LinkOptions options, Conversation conversation) {
    this.link = link;
    this.options = options;
    this.conversation = conversation;
    this.reader = start("reads ", this::readAll);
    this.writer = start("writes ", this::writeAll);
  }

  private Thread start(String what, Runnable loop) {
    return Thread.ofPlatform().daemon().name(what + link.address()).start(() -> guarded(loop));
  }

  /// A mistake of ours in one of the threads must not leave callers waiting.
  private void guarded(Runnable loop) {
    try {
      loop.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, link.address(), e);
      reopened(false, e.toString());
    }
  }

  /// Guards the conversation.
  ReentrantLock lock() {
    return lock;
  }

  /// Under the lock: there is something to send.
  void wakeWriter() {
    work.signal();
  }

  /// Under the lock: waits until something may have changed, a fraction of a second at most. Cannot be interrupted, since what was
  /// sent must be accounted for.
  void awaitChange() {
    waiting++;
    changed.awaitUninterruptibly();
    waiting--;
  }

  /// Ends both threads and closes the link.
  void end() {
    lock.lock();
    try {
      closed = true;
      conversation.fail(new Fault.Closed(link.address()));
      work.signalAll();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    link.close();
    join(reader);
    join(writer);
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // --- the writer ---

  private void writeAll() {
    byte[] bytes = nextBytes();
    while (bytes != null) {
      String reason = null;
      try {
        link.write(bytes, 0, bytes.length);
      } catch (Link.Gone e) {
        reason = e.getMessage();
      }
      wrote(reason);
      bytes = nextBytes();
    }
  }

  /// Waits for something to send; null when there will be nothing more.
  private byte[] nextBytes() {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        byte[] bytes = gone == null ? conversation.next(waiting > 0, now) : null;
        if (bytes != null) {
          writing = true;
          writingSince = now;
          return bytes;
        }
        // Callers look at the clock now and then.
        changed.signalAll();
        awaitWork(conversation.due(waiting > 0, now) - now);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork(long nanos) {
    try {
      work.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but to end it.
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void wrote(String reason) {
    lock.lock();
    try {
      writing = false;
      if (reason == null) {
        conversation.wrote(System.nanoTime());
      } else if (gone == null) {
        gone = reason;
        conversation.gone(System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }

  // --- the reader ---

  private void readAll() {
    byte[] buffer = new byte[READ_BYTES];
    while (!ended()) {
      try {
        received(buffer, link.read(buffer, READ_NANOS));
      } catch (Link.Gone e) {
        reopen(e.getMessage());
      }
    }
  }

  private boolean ended() {
    lock.lock();
    try {
      return closed || conversation.fault() instanceof Fault.LinkLost;
    } finally {
      lock.unlock();
    }
  }

  private void received(byte[] buffer, int count) throws Link.Gone {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (count > 0) {
        away = false;
        conversation.receive(buffer, count, now);
        work.signal();
        changed.signalAll();
      }
      if (gone != null) {
        throw new Link.Gone(gone);
      }
      if (writing && now - writingSince > options.answerNanos()) {
        throw new Link.Gone("it took nothing for %d ms".formatted(options.answerMillis()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Looks for the link until it is back or the time is over.
  private void reopen(String reason) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      gone = reason;
      awaySince = away ? awaySince : System.nanoTime();
      away = true;
      conversation.gone(System.nanoTime());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LOG.log(Level.WARNING, "%s: %s".formatted(link.address(), reason));
    if (!endWrite()) {
      reopened(false, "a write to it hangs");
      return;
    }
    long deadline = awaySince + options.reconnectNanos();
    boolean back = false;
    while (!back && !ended() && System.nanoTime() - deadline < 0) {
      back = tryReopen();
    }
    reopened(back, reason);
  }

  /// Waits for a write under way: its failure must not be taken for that of the link's next life.
  private boolean endWrite() {
    if (writerRests(REST_NANOS)) {
      return true;
    }
    link.close();
    return writerRests(options.answerNanos());
  }

  private boolean writerRests(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean rests = false;
    while (!rests && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      lock.lock();
      try {
        rests = !writing;
      } finally {
        lock.unlock();
      }
    }
    return rests;
  }

  private boolean tryReopen() {
    try {
      link.reopen();
      return true;
    } catch (Link.Gone e) {
      LockSupport.parkNanos(REOPEN_NANOS);
      return false;
    }
  }

  private void reopened(boolean back, String reason) {
    lock.lock();
    try {
      if (back) {
        gone = null;
        conversation.back(System.nanoTime());
      } else {
        conversation.fail(new Fault.LinkLost(link.address(), reason));
      }
      work.signal();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
