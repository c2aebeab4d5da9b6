package org.mortal.chip.board;

import java.util.Locale;
import org.mortal.chip.Fault;

/// Says in words what is wrong at the other end of a link.
final class Diagnosis {
  static final String OTHER_PROGRAM = "another program opened the board";

  private Diagnosis() {}

  /// Why no board has greeted.
  ///
  /// @param oddity of a greeting that no board can give, or null
  static Fault noGreeting(String address, LinkOptions options, Tally tally, String oddity) {
    if (oddity != null) {
      return new Fault.NoBoard(address, "it greets as no board can: " + oddity);
    }
    if (tally.echoes > 0) {
      return new Fault.NoBoard(
          address, "it echoes what is sent, so no board reads it: check the wiring and the port");
    }
    return tally.bytesIn == 0
        ? new Fault.LinkTimeout(address, Event.HELLO.name(), options.answerMillis())
        : new Fault.NoBoard(
            address,
            "%d bytes came within %d ms, but no greeting: another device, or another baud rate"
                .formatted(tally.bytesIn, options.answerMillis()));
  }

  static Fault otherFirmware(String address, Greeting other) {
    int order = other.version().compareTo(Version.DRIVER);
    String mend =
        order < 0
            ? "the firmware is older; flash the firmware of this driver"
            : order > 0
                ? "the driver is older; update it, or flash the firmware of this driver"
                : "both were built from changed command lists; build both from the same sources";
    return new Fault.OtherFirmware(
        address, other.version().toString(), Version.DRIVER.toString(), mend);
  }

  static Fault otherChip(String address, Greeting before, Greeting now) {
    return new Fault.NoBoard(
        address, "chip %s answers where %s was".formatted(now.chip(), before.chip()));
  }

  /// The board has opened our session anew: it had forgotten it.
  static String forgotten(Greeting greeting) {
    return restart(greeting) + ", or " + OTHER_PROGRAM;
  }

  static String restart(Greeting greeting) {
    return greeting.resetCause() == null
        ? "the board restarted"
        : "the board restarted (%s)"
            .formatted(greeting.resetCause().name().toLowerCase(Locale.ROOT));
  }
}
