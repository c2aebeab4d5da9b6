package org.mortal.chip.board;

/// A board's counters over its restarts, which set them back to nothing.
final class CounterSum {
  private Counters last = Counters.NONE;
  private Counters before = Counters.NONE;
  private int epoch;

  /// @param now what the board counts since it started
  /// @param nowEpoch changes when it has
  void take(Counters now, int nowEpoch) {
    boolean anew = now.get(CounterName.COMMANDS) < last.get(CounterName.COMMANDS);
    if (nowEpoch != epoch && anew) {
      before = before.plus(last);
    }
    epoch = nowEpoch;
    last = now;
  }

  Counters total() {
    return before.plus(last);
  }
}
