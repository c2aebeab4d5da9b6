package org.mortal.chip.board;

import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.PulseTrain;

/// How long a job may take before the firmware grounds the lines: well above what it should take.
final class Deadline {
  /// Jobs are this much slower at most than the sum of their pulses.
  private static final double MARGIN = 4;

  /// What every job may take besides: multiplexers, converters, a busy host.
  private static final double LEAST_MILLIS = 1000;

  /// The longest that one vector's reading takes.
  private static final double READ_MILLIS = 1;

  private Deadline() {}

  static int millis(PulseTrain train) {
    long pulses = 0;
    for (short count : train.counts()) {
      pulses += Math.abs(count);
    }
    return millis(pulses, train.seconds(), 0);
  }

  /// For programming `columns` cells of one row.
  static int millis(ProgramRequest request, int columns, Limits limits) {
    double passes = request.maxPasses() + 1.0;
    // Both halves of a row, each beside its offsets.
    double reads = 4.0 * passes * request.readsPerVerify();
    return millis(
        passes * columns * limits.maxPulses(), limits.write().seconds(), reads * READ_MILLIS);
  }

  private static int millis(double pulses, double seconds, double readMillis) {
    // A width that makes no sense is for the firmware to refuse.
    double pulseMillis = seconds > 0 ? 1e3 * pulses * seconds : 0;
    // The conversion stops at the largest int.
    return (int) (LEAST_MILLIS + MARGIN * (pulseMillis + readMillis));
  }
}
