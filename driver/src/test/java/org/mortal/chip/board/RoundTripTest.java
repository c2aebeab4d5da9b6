package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MILLI = 1_000_000;

  /// A board that answers in 1 ms until it is asked for work of 50 ms: each command is asked for twice only until one time-out
  /// is long enough.
  @Test
  void aBoardThatHasBecomeSlowIsNotAskedTwiceForEverything() {
    RoundTrip roundTrip = new RoundTrip();
    for (int k = 0; k < 20; k++) {
      roundTrip.measure(MILLI);
    }
    int repeats = 0;
    for (int k = 0; k < 20; k++) {
      boolean repeated = roundTrip.timeOutNanos(0) < 50 * MILLI;
      if (repeated) {
        roundTrip.timedOut();
        repeats++;
      }
      roundTrip.heard();
      if (!repeated) {
        roundTrip.measure(50 * MILLI);
      }
    }
    assertTrue(repeats > 0 && repeats < 5, repeats + " repeats");
  }

  @Test
  void aReplyThatWasMeasuredEndsTheDoubling() {
    RoundTrip roundTrip = new RoundTrip();
    roundTrip.measure(20 * MILLI);
    long once = roundTrip.timeOutNanos(0);
    roundTrip.timedOut();
    roundTrip.heard();
    assertEquals(2 * once, roundTrip.timeOutNanos(0));
    roundTrip.measure(20 * MILLI);
    assertTrue(roundTrip.timeOutNanos(0) <= once);
  }
}
