package org.mortal.chip.board;

/// How long to wait for a reply before asking again.
///
/// Each time-out doubles it, until a reply says how long one takes now: only that of a command that was sent once does. What
/// is merely heard in between does not end it, else a board that has become slower would be asked twice for everything.
///
/// Source: Jacobson's estimator as in RFC 6298, with times that suit a serial line.
final class RoundTrip {
  private static final long LEAST_NANOS = 10_000_000;

  /// A HELLO and a GREETING on the wire.
  private static final int GREETING_BYTES = 27 + 273;

  private static final long MOST_NANOS = 1_000_000_000;
  private static final long INITIAL_NANOS = 200_000_000;

  private double mean;
  private double deviation;
  private boolean measured;
  private int timeOuts;
  private int doublings;
  private double nanosPerByte;

  /// A reply to a command that was sent once.
  void measure(long nanos) {
    doublings = 0;
    if (measured) {
      deviation += (Math.abs(nanos - mean) - deviation) / 4;
      mean += (nanos - mean) / 8;
    } else {
      mean = nanos;
      deviation = nanos / 2.0;
      measured = true;
    }
  }

  /// A greeting came after HELLO: that bounds how long a byte takes, which replies to short commands do not tell.
  void greeted(long nanos) {
    nanosPerByte = (double) nanos / GREETING_BYTES;
  }

  /// Something came: the link works.
  void heard() {
    timeOuts = 0;
  }

  void timedOut() {
    timeOuts++;
    doublings++;
  }

  /// How often running nothing came in time.
  int timeOuts() {
    return timeOuts;
  }

  /// How long to wait for a command that takes so many bytes with its reply.
  long timeOutNanos(int bytes) {
    double wait = measured ? mean + 4 * deviation : INITIAL_NANOS;
    double sized = Math.max(wait, LEAST_NANOS) + bytes * nanosPerByte;
    double doubled = sized * (1L << Math.min(doublings, 10));
    return (long) Math.min(doubled, MOST_NANOS);
  }
}
