package org.mortal.chip.board;

/// Whether the board is to stand still, and knows it. Guarded by its session's lock.
final class StopWish {
  private static final long REPEAT_NANOS = 100_000_000;

  private boolean wanted;
  private boolean heard;
  private long due;

  void want(long now) {
    wanted = true;
    heard = false;
    due = now;
  }

  void end() {
    wanted = false;
  }

  /// The board says that it stands still.
  void confirm() {
    heard = wanted;
  }

  boolean confirmed() {
    return heard;
  }

  /// A stop outlasts whatever happens to the board.
  void compare(Greeting greeting, long now) {
    if (greeting.stopped()) {
      confirm();
    } else if (wanted) {
      want(now);
    }
  }

  /// Whether to say STOP now; then it is said again after a while, unless the board confirms.
  boolean sayNow(long now) {
    boolean say = wanted && !heard && now - due >= 0;
    due = say ? now + REPEAT_NANOS : due;
    return say;
  }
}
