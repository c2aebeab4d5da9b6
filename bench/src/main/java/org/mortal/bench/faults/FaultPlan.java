package org.mortal.bench.faults;

import org.mortal.chip.board.FaultyLink;

/// What a campaign does to a board.
///
/// @param commands calls of the port: reads, pulse trains, closed-loop programming, trains that must be refused
/// @param restarts times the firmware is restarted in the middle of writing
/// @param unplugs times the cable is pulled in the middle of writing, and plugged in again
/// @param rates of faults on the line
public record FaultPlan(
    int commands, int restarts, int unplugs, FaultyLink.Rates rates, long seed) {

  /// A line much worse than any in use: one bit in 80,000 is wrong, and one message in 500 each is lost, doubled or cut.
  public static final FaultyLink.Rates BAD_LINE =
      new FaultyLink.Rates(1e-4, 0.002, 0.002, 0.002, 0.002, 5);

  public FaultPlan {
    if (commands < 1 || restarts < 0 || unplugs < 0 || restarts + unplugs > commands / 4) {
      throw new IllegalArgumentException(
          "%d restarts and %d unplugs need at least %d commands, not %d"
              .formatted(restarts, unplugs, 4 * (restarts + unplugs), commands));
    }
  }
}
