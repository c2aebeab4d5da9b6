package org.mortal.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// A fixed number of threads that share out numbered pieces of work.
///
/// Who runs which piece is left to chance, so a caller that wants the same bits on any number of threads makes the
/// pieces independent of each other and of that number.
///
/// Work comes in bursts of well under a millisecond, and waking a sleeping thread costs a good part of that: so helpers
/// look out for the next burst for a moment before they sleep, and so does the caller for the last piece.
public final class Workers {
  /// About a tenth of a millisecond.
  private static final int SPINS = 2000;

  /// Whether this thread is doing a piece already: a piece that asks for helpers itself does all its pieces alone.
  private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

  private final int threads;
  private final Helper[] helpers;
  private volatile Burst latest;

  /// @param threads including the caller's own, at least 1
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, not " + threads);
    }
    this.threads = threads;
    this.helpers = new Helper[threads - 1];
    for (int t = 0; t < helpers.length; t++) {
      helpers[t] = new Helper();
      Thread.ofPlatform().daemon().name("mortal-worker-" + (t + 1)).start(helpers[t]);
    }
  }

  public int threads() {
    return threads;
  }

  /// Runs `body` for 0 to `count - 1` and returns when all are done. The first failure is thrown here; pieces not begun
  /// by then are left out.
  public void forEach(int count, IntConsumer body) {
    if (threads == 1 || count < 2 || WITHIN.get()) {
      for (int i = 0; i < count; i++) {
        body.accept(i);
      }
      return;
    }
    Burst burst = new Burst(count, body);
    latest = burst;
    for (Helper helper : helpers) {
      helper.wake();
    }
    burst.share();
    burst.await();
    switch (burst.failure.get()) {
      case null -> {}
      case Error error -> throw error;
      case Throwable other -> throw (RuntimeException) other;
    }
  }

  /// The pieces of one call.
  private static final class Burst {
    private final int count;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread caller = Thread.currentThread();

    Burst(int count, IntConsumer body) {
      this.count = count;
      this.body = body;
    }

    /// Does pieces as long as there are any.
    void share() {
      WITHIN.set(true);
      try {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
          if (failure.get() == null) {
            run(i);
          }
          if (done.incrementAndGet() == count) {
            LockSupport.unpark(caller);
          }
        }
      } finally {
        WITHIN.set(false);
      }
    }

    private void run(int piece) {
      try {
        body.accept(piece);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }

    /// Waits until every piece is done, even after a failure: nobody may still write when the caller goes on.
    void await() {
      for (int spin = 0; spin < SPINS && done.get() < count; spin++) {
        Thread.onSpinWait();
      }
      boolean interrupted = false;
      while (done.get() < count) {
        LockSupport.park(this);
        // An interrupted thread would not park again; the flag is set anew when the work is done.
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  /// A thread that takes part in every burst it sees in time.
  private final class Helper implements Runnable {
    private volatile Thread asleep;

    void wake() {
      LockSupport.unpark(asleep);
    }

    @Override
    public void run() {
      Burst seen = null;
      while (true) {
        Burst burst = next(seen);
        burst.share();
        seen = burst;
      }
    }

    private Burst next(Burst seen) {
      for (int spin = 0; spin < SPINS; spin++) {
        Burst now = latest;
        if (now != seen) {
          return now;
        }
        Thread.onSpinWait();
      }
      asleep = Thread.currentThread();
      while (latest == seen) {
        LockSupport.park(Workers.this);
      }
      asleep = null;
      return latest;
    }
  }
}
