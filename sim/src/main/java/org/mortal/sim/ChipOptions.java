package org.mortal.sim;

import java.nio.file.Path;

/// How a simulated chip is opened; nothing here makes it another chip.
///
/// @param arrays how many it has; 0 for as many as are asked for
/// @param wallClock whether its time is the machine's; it passes only with use and [SimChip#advance] otherwise
/// @param state a file that the chip goes on from, if there is one, and that keeps it when it is closed; null for a new chip
///     that is thrown away
public record ChipOptions(int arrays, boolean wallClock, Path state) {
  /// A new chip with a virtual clock and as many arrays as are asked for.
  public static final ChipOptions NEW = new ChipOptions(0, false, null);
}
