package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for something that another process does.
final class Await {
  private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /// The first answer of `look` that is not null.
  ///
  /// @param what is waited for, to be said if it does not come in time
  static <T> T until(String what, Duration patience, Supplier<T> look) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (T seen = look.get(); ; seen = look.get()) {
      if (seen != null) {
        return seen;
      }
      if (System.nanoTime() > deadline) {
        return fail("no " + what + " within " + patience);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
