package org.mortal.sim;

/// The one clock of a chip: it drives drift, relaxation, telegraph noise and temperature, and never runs backwards.
///
/// Whole nanoseconds, so that a batch of reads ends at the same time however it is split.
abstract sealed class ChipClock {

  /// Nanoseconds since the chip was made.
  abstract long nanos();

  /// The chip was busy, or nothing was asked of it, for so long.
  abstract void advance(long nanos);

  /// Whether time passes only with [#advance].
  abstract boolean isVirtual();

  /// Begins at `nanos`.
  abstract void start(long nanos);

  /// Time that passes only when the chip does something or is told to wait: the same run gives the same bits.
  static ChipClock virtual() {
    return new Virtual();
  }

  /// The machine's time: a chip ages while its user thinks. Runs on it do not repeat.
  static ChipClock wall() {
    return new Wall();
  }

  /// Seconds as whole nanoseconds, at least one where it is anything.
  static long nanos(double seconds) {
    return seconds > 0 ? Math.max(1, Math.round(seconds * 1e9)) : 0;
  }

  private static final class Virtual extends ChipClock {
    private long now;

    @Override
    long nanos() {
      return now;
    }

    @Override
    boolean isVirtual() {
      return true;
    }

    @Override
    void advance(long nanos) {
      now = Math.addExact(now, nanos);
    }

    @Override
    void start(long nanos) {
      now = nanos;
    }
  }

  private static final class Wall extends ChipClock {
    private long origin = System.nanoTime();

    @Override
    long nanos() {
      return System.nanoTime() - origin;
    }

    @Override
    boolean isVirtual() {
      return false;
    }

    @Override
    void advance(long nanos) {
      // The machine's own time has passed already.
    }

    @Override
    void start(long nanos) {
      origin = System.nanoTime() - nanos;
    }
  }
}
