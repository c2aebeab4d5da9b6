package org.mortal.chip.board;

import java.util.List;
import java.util.Optional;
import org.mortal.chip.Chip;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;

/// The firmware of one board, however it is reached: over a link, or as a library in this process.
///
/// What is asked for has been checked against the limits by [BoardChip]; the firmware checks again. One thread at a time,
/// but [#stop] may come from any.
interface Controller extends AutoCloseable {

  /// What the board said of itself last.
  Greeting greeting();

  /// Whether the firmware checks a read of one array as a whole before it begins, in this process: the host would only do
  /// the same again.
  default boolean checksWholeReads() {
    return false;
  }

  /// What the host's end of the link has counted; nothing where there is no link.
  default Optional<LinkCounters> link() {
    return Optional.empty();
  }

  /// Reads, in order; many may be under way at once.
  void read(List<Chip.ArrayRead> reads);

  /// Pulses, in order; each train is applied once.
  void pulse(List<Chip.ArrayPulses> trains);

  /// Closed-loop programming in the firmware.
  ProgramResult program(int array, ProgramRequest request);

  Counters counters();

  /// Grounds all lines now, ends what runs, and refuses what follows until [#resume].
  void stop();

  void resume();

  /// Makes the board keep `value`, and hears what it says of itself then.
  ///
  /// @throws IllegalArgumentException if it cannot be that
  void set(Setting setting, String value);

  /// Starts the firmware anew, and waits until it is there again.
  void restart();

  /// Grounds all lines and lets the board go. Closing twice does nothing.
  @Override
  void close();
}
