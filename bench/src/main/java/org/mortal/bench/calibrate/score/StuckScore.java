package org.mortal.bench.calibrate.score;

/// How well stuck cells were told from others.
///
/// @param precision share of the cells called stuck that are; 1 where none was called so
/// @param recall share of the stuck cells that were called so; 1 where there are none
record StuckScore(double precision, double recall) {

  /// @param called null where nobody looked for them, which finds none
  static StuckScore of(boolean[][] called, boolean[][] stuck) {
    int right = 0;
    int calls = 0;
    int all = 0;
    for (int r = 0; r < stuck.length; r++) {
      for (int c = 0; c < stuck[r].length; c++) {
        boolean call = called != null && called[r][c];
        calls += call ? 1 : 0;
        all += stuck[r][c] ? 1 : 0;
        right += call && stuck[r][c] ? 1 : 0;
      }
    }
    return new StuckScore(
        calls == 0 ? 1 : (double) right / calls, all == 0 ? 1 : (double) right / all);
  }
}
