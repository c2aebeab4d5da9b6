package org.mortal.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on standard error for work that takes longer than two seconds.
///
/// It shows itself only on a terminal, and vanishes when the work is done. Silent otherwise. Several
/// threads may count on it.
public final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int REDRAW_MILLIS = 200;
  private static final int WIDTH = 110;
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final String task;
  private final PrintStream terminal;
  private final Duration patience;
  private final long started = System.nanoTime();
  private long steps;
  private long done;
  private String message = "";
  private ProgressBar bar;

  Progress(String task, long steps, PrintStream terminal, Duration patience) {
    this.task = task;
    this.steps = steps;
    this.terminal = terminal;
    this.patience = patience;
  }

  /// Work that begins now.
  ///
  /// @param task a few words
  /// @param steps how many there will be, or -1 if that is not known
  public static Progress start(String task, long steps) {
    return new Progress(task, steps, isTerminal() ? System.err : null, PATIENCE);
  }

  /// One more step is done.
  public synchronized void step() {
    stepTo(done + 1);
  }

  /// `count` steps are done in all.
  public synchronized void stepTo(long count) {
    done = count;
    show();
  }

  /// Corrects the number of steps.
  public synchronized void steps(long count) {
    steps = count;
    if (bar != null) {
      bar.maxHint(count);
    }
  }

  /// What stands behind the bar from now on, for example the latest error rate.
  public synchronized void message(String text) {
    message = text;
    show();
  }

  private void show() {
    if (terminal == null) {
      return;
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    if (bar == null && elapsed.compareTo(patience) >= 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .startsFrom(0, elapsed)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(message);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /// Whether standard error is a terminal that can move its cursor. Java's console speaks of
  /// standard input and output, so it is only asked where the system cannot be.
  private static boolean isTerminal() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      Path device = Files.readSymbolicLink(STANDARD_ERROR);
      return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null && System.console().isTerminal();
    }
  }
}
