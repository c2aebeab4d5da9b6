package org.mortal.bench.characterise;

import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;

/// Seconds since a run began, by the clock that ages the chip's cells.
///
/// A chip of virtual time gets older by what is asked of it and by pauses, which take it no time; any other by the wall
/// clock, also between the processes of a run that was interrupted.
final class ChipTime {
  private final Chip chip;
  private final Interruption interruption;
  private final boolean virtual;
  private final long startedNanos = System.nanoTime();
  private final double base;
  private final double busySeconds;
  private double paused;

  /// @param begun when the run began, in milliseconds since 1970
  /// @param seconds of the run, as far as it had come
  ChipTime(Chip chip, Interruption interruption, long begun, double seconds) {
    this.chip = chip;
    this.interruption = interruption;
    this.virtual = chip.virtualTime();
    this.base = virtual ? seconds : (System.currentTimeMillis() - begun) / 1e3;
    this.busySeconds = virtual ? chip.telemetry().busySeconds() : 0;
  }

  double seconds() {
    return virtual
        ? base + paused + chip.telemetry().busySeconds() - busySeconds
        : base + (System.nanoTime() - startedNanos) / 1e9;
  }

  /// Waits until then, or until Ctrl-C.
  ///
  /// @return whether that time has come
  boolean waitUntil(double time) {
    double rest = time - seconds();
    if (rest <= 0) {
      return true;
    }
    Thread waiting = Thread.currentThread();
    interruption.during(
        () -> {
          chip.pause(rest);
          return null;
        },
        waiting::interrupt);
    paused += rest;
    // What woke the wait is known to the interruption; nothing else here is to be woken by it.
    boolean woken = Thread.interrupted();
    return !woken;
  }
}
