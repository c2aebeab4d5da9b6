package org.mortal.chip.board;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps serial ports open at the end of the process for as long as work needs them.
///
/// The serial library closes all ports as soon as the process is told to go, in the middle of whatever is being saved or
/// grounded then; it waits for the threads that it was given before.
public final class OpenPorts implements AutoCloseable {
  /// What waits longer hangs.
  private static final long PATIENCE_SECONDS = 60;

  private static final Set<OpenPorts> HELD = ConcurrentHashMap.newKeySet();

  private final CountDownLatch released = new CountDownLatch(1);

  private OpenPorts() {}

  /// Holds all ports open until closed.
  public static OpenPorts hold() {
    OpenPorts held = new OpenPorts();
    HELD.add(held);
    return held;
  }

  /// Waits until nobody holds the ports any more.
  static void awaitRelease() {
    try {
      for (OpenPorts held : HELD) {
        held.released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets the ports go.
  @Override
  public void close() {
    HELD.remove(this);
    released.countDown();
  }
}
