package org.mortal.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// A fixed number of threads that share out numbered pieces of work.
///
/// Who runs which piece is left to chance, so a caller that wants the same bits on any number of threads makes the
/// pieces independent of each other and of that number.
public final class Workers {
  /// Whether this thread is doing a piece already: a piece that asks for helpers itself gets none, else it could wait
  /// for a helper that waits for it.
  private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

  private final int threads;
  private final ExecutorService helpers;

  /// @param threads including the caller's own, at least 1
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, not " + threads);
    }
    this.threads = threads;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            Thread.ofPlatform().daemon().name("mortal-worker-", 1).factory());
  }

  public int threads() {
    return threads;
  }

  /// Runs `body` for 0 to `count - 1` and returns when all are done. The first failure is thrown here.
  public void forEach(int count, IntConsumer body) {
    if (threads == 1 || count < 2 || WITHIN.get()) {
      for (int i = 0; i < count; i++) {
        body.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          WITHIN.set(true);
          try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              body.accept(i);
            }
          } finally {
            WITHIN.set(false);
          }
        };
    Future<?>[] others = new Future<?>[Math.min(threads, count) - 1];
    for (int t = 0; t < others.length; t++) {
      others[t] = helpers.submit(share);
    }
    Throwable failure = null;
    try {
      share.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      next.set(count);
    }
    // Every helper is waited for, even after a failure: nobody may still write when the caller goes on.
    for (Future<?> other : others) {
      failure = await(other, failure);
    }
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      default -> throw (RuntimeException) failure;
    }
  }

  private static Throwable await(Future<?> other, Throwable failure) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          other.get();
          return failure;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
          return failure != null ? failure : e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
