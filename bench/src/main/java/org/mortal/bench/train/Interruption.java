package org.mortal.bench.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mortal.chip.board.OpenPorts;

/// Ctrl-C as a request: work ends at its next step, what was done so far is saved, then the process goes.
public final class Interruption implements AutoCloseable {
  /// How long a process that was told to go waits for its work to be saved.
  private static final long PATIENCE_SECONDS = 60;

  private static final int OF_THE_SIGNAL = -1;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final OpenPorts ports = OpenPorts.hold();
  private final Thread hook;
  private volatile boolean requested;
  private Runnable brake;
  private volatile int code = OF_THE_SIGNAL;

  private Interruption() {
    hook = new Thread(this::stopAndWait, "mortal-interruption");
  }

  /// Listens from now on until closed. When it is closed after Ctrl-C, the process goes at once: what is to be printed
  /// must have been by then.
  public static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void stopAndWait() {
    request();
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("mortal: the run could not be saved in time");
      } else if (code != OF_THE_SIGNAL) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void request() {
    requested = true;
    if (brake != null) {
      try {
        brake.run();
      } catch (RuntimeException e) {
        // The work meets the same trouble, and its caller reports it.
      }
    }
  }

  /// Does work that cannot look for Ctrl-C itself.
  ///
  /// @param stop called once after Ctrl-C, from another thread if that comes during the work, or else before it
  public <T> T during(Supplier<T> work, Runnable stop) {
    synchronized (this) {
      if (requested) {
        stop.run();
      }
      brake = stop;
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        brake = null;
      }
    }
  }

  /// The exit code after Ctrl-C, for work that is meant to be ended by it; otherwise it is that of the signal.
  public void endWith(int exitCode) {
    code = exitCode;
  }

  /// Whether Ctrl-C was pressed.
  public boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    ports.close();
    finished.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is going down just now; the hook finds that the work is finished.
      }
    }
  }
}
