package org.mortal.bench.twin;

/// Brings cells back to conductances that they had, closed loop.
final class Restore {
  private static final int PASSES = 5;

  /// Steps scatter: a little less than what is missing does not overshoot.
  private static final double CAUTION = 0.9;

  private Restore() {}

  /// @param wanted rows x columns
  /// @param stepSiemens what a pulse does to each cell
  /// @param still cells that are left alone
  static void run(
      ArrayMeter meter, float[][] wanted, float[][] stepSiemens, boolean[][] still, int reads) {
    for (int pass = 0; pass < PASSES; pass++) {
      float[][] now = meter.cells(reads).siemens();
      int[][] counts = new int[now.length][now[0].length];
      for (int r = 0; r < now.length; r++) {
        for (int c = 0; c < now[r].length; c++) {
          double pulses = (wanted[r][c] - now[r][c]) / stepSiemens[r][c];
          counts[r][c] =
              still[r][c] || Math.abs(pulses) < 1 ? 0 : (int) Math.round(CAUTION * pulses);
        }
      }
      meter.pulse(counts);
    }
  }
}
