package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every piece is done once; whatever goes wrong, nobody is still at work when the caller goes on.
@Timeout(20)
class WorkersTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void doesEveryPieceOnce() {
    for (int threads = 1; threads <= 4; threads++) {
      Workers workers = new Workers(threads);
      assertEquals(threads, workers.threads());
      for (int count : new int[] {0, 1, 2, 3, 100, 5000}) {
        AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, count));
        workers.forEach(count, done::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertEquals(1, done.get(i), "piece " + i + " of " + count);
        }
      }
    }
  }

  @Test
  void usesItsHelpers() {
    // Each of the three pieces waits for the other two.
    CountDownLatch all = new CountDownLatch(3);
    assertTimeoutPreemptively(
        LONG,
        () ->
            new Workers(3)
                .forEach(
                    3,
                    i -> {
                      all.countDown();
                      await(all);
                    }));
  }

  @Test
  void waitsForTheOthersWhenTheCallersPieceFails() {
    for (Throwable failure : new Throwable[] {new IllegalStateException("a"), new Error("b")}) {
      Thread caller = Thread.currentThread();
      CountDownLatch both = new CountDownLatch(2);
      AtomicBoolean helperDone = new AtomicBoolean();
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  new Workers(2)
                      .forEach(
                          2,
                          i -> {
                            both.countDown();
                            await(both);
                            if (Thread.currentThread() == caller) {
                              throw WorkersTest.<RuntimeException>unchecked(failure);
                            }
                            spinUntilWaiting(caller);
                            helperDone.set(true);
                          }));
      assertSame(failure, thrown);
      assertTrue(helperDone.get(), "the helper was still at work after " + failure);
    }
  }

  @Test
  void throwsWhatAHelperThrew() {
    for (Throwable failure : new Throwable[] {new IllegalStateException("a"), new Error("b")}) {
      Thread caller = Thread.currentThread();
      CountDownLatch both = new CountDownLatch(2);
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  new Workers(2)
                      .forEach(
                          2,
                          i -> {
                            both.countDown();
                            await(both);
                            if (Thread.currentThread() != caller) {
                              throw WorkersTest.<RuntimeException>unchecked(failure);
                            }
                          }));
      assertSame(failure, thrown);
    }
  }

  @Test
  void canBeUsedAgainAfterAFailure() {
    Workers workers = new Workers(3);
    for (int round = 0; round < 50; round++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              workers.forEach(
                  20,
                  i -> {
                    throw new IllegalStateException();
                  }));
      AtomicInteger done = new AtomicInteger();
      workers.forEach(20, i -> done.incrementAndGet());
      assertEquals(20, done.get());
    }
  }

  @Test
  void nestingDoesNotDeadlock() {
    Workers workers = new Workers(3);
    Workers others = new Workers(2);
    AtomicInteger done = new AtomicInteger();
    assertTimeoutPreemptively(
        LONG,
        () ->
            workers.forEach(
                20, i -> workers.forEach(10, j -> others.forEach(5, k -> done.incrementAndGet()))));
    assertEquals(1000, done.get());
  }

  @Test
  void twoCallersMayShareThem() throws InterruptedException {
    Workers workers = new Workers(3);
    AtomicInteger done = new AtomicInteger();
    Runnable call =
        () -> {
          for (int i = 0; i < 200; i++) {
            workers.forEach(10, j -> done.incrementAndGet());
          }
        };
    Thread other = Thread.ofPlatform().start(call);
    call.run();
    other.join();
    assertEquals(4000, done.get());
  }

  @Test
  void anInterruptIsKeptAndStopsNothing() {
    AtomicInteger done = new AtomicInteger();
    Thread.currentThread().interrupt();
    new Workers(3).forEach(100, i -> done.incrementAndGet());
    assertTrue(Thread.interrupted());
    assertEquals(100, done.get());
  }

  @Test
  void needsAThread() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Until `thread` waits for somebody, or long enough that it evidently does not.
  private static void spinUntilWaiting(Thread thread) {
    long end = System.nanoTime() + 500_000_000;
    while (thread.getState() != Thread.State.WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
