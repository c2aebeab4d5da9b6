package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.chip.Chip;

/// Cells left alone after pulses that spread them over their windows: how far they have gone after each wait.
///
/// @param written conductances as soon as they could be read, rows x columns
/// @param writtenSeconds how long after the beginning of the pulses that was, about
/// @param moments in order of time
record WaitTrial(CellReads written, double writtenSeconds, List<Moment> moments) {
  /// No clock is trusted below that.
  private static final double LEAST_SECONDS = 1e-4;

  /// @param seconds since the pulses began
  record Moment(double seconds, CellReads cells) {}

  /// @param seconds of the moments, rising
  /// @param windows that cells are spread over
  static WaitTrial run(
      Chip chip,
      ArrayMeter meter,
      Windows windows,
      float[][] stepSiemens,
      double[] seconds,
      int reads,
      RandomGenerator random) {
    int[][] counts = spread(meter, windows, stepSiemens, reads, random);
    double begun = chip.telemetry().busySeconds();
    meter.pulse(counts);
    double pulsed = chip.telemetry().busySeconds();
    CellReads written = meter.cells(reads);
    // Half of the reads were made after half of their time.
    double readSeconds = chip.telemetry().busySeconds() - pulsed;
    double writtenSeconds = Math.max(LEAST_SECONDS, pulsed - begun + readSeconds / 2);
    List<Moment> moments = new ArrayList<>();
    double now = pulsed - begun + readSeconds;
    for (double then : seconds) {
      chip.pause(Math.max(0, then - now));
      moments.add(new Moment(then, meter.cells(reads)));
      now = then + readSeconds;
    }
    return new WaitTrial(written, writtenSeconds, moments);
  }

  /// Pulses that spread the cells evenly over their windows.
  private static int[][] spread(
      ArrayMeter meter, Windows windows, float[][] stepSiemens, int reads, RandomGenerator random) {
    float[][] now = meter.cells(reads).siemens();
    int[][] counts = new int[now.length][now[0].length];
    for (int r = 0; r < now.length; r++) {
      for (int c = 0; c < now[r].length; c++) {
        double wanted =
            windows.low()[r][c]
                + random.nextDouble() * (windows.high()[r][c] - windows.low()[r][c]);
        double pulses = (wanted - now[r][c]) / stepSiemens[r][c];
        // Every cell gets one pulse at least, so that time begins for all of them now.
        int least = pulses < 0 ? -1 : 1;
        counts[r][c] =
            windows.frozen()[r][c] || Math.abs(pulses) < 1 ? least : (int) Math.round(pulses);
      }
    }
    return counts;
  }
}
