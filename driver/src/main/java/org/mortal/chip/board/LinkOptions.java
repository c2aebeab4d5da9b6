package org.mortal.chip.board;

import org.mortal.chip.ChipAddress;

/// How patient a link is.
///
/// @param answerMillis a board that says nothing for so long does not answer
/// @param reconnectMillis for so long a link that is gone is looked for
/// @param mostInFlight commands under way at once, if the board allows as many; 1 waits for each reply
public record LinkOptions(long answerMillis, long reconnectMillis, int mostInFlight) {
  public static final LinkOptions STANDARD = new LinkOptions(3000, 3000);

  private static final long MOST_MILLIS = 3_600_000;

  public LinkOptions {
    if (answerMillis < 1 || reconnectMillis < 0 || mostInFlight < 1) {
      throw new IllegalArgumentException(
          "times and commands in flight must be positive, not %d ms, %d ms and %d"
              .formatted(answerMillis, reconnectMillis, mostInFlight));
    }
  }

  /// As many commands under way as the board allows.
  public LinkOptions(long answerMillis, long reconnectMillis) {
    this(answerMillis, reconnectMillis, Integer.MAX_VALUE);
  }

  /// The same with at most so many commands under way.
  public LinkOptions withMostInFlight(int commands) {
    return new LinkOptions(answerMillis, reconnectMillis, commands);
  }

  /// As the parameters `timeout` and `reconnect` of `address` say.
  ///
  /// @param slowMillis added to the standard time-out, for lines that are slow themselves
  static LinkOptions of(ChipAddress address, long slowMillis) {
    return new LinkOptions(
        address.number("timeout", STANDARD.answerMillis + slowMillis, 10, MOST_MILLIS),
        address.number("reconnect", STANDARD.reconnectMillis, 0, MOST_MILLIS));
  }

  long answerNanos() {
    return answerMillis * 1_000_000;
  }

  long reconnectNanos() {
    return reconnectMillis * 1_000_000;
  }
}
