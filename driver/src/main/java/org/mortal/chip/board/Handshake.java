package org.mortal.chip.board;

import java.util.random.RandomGenerator;
import org.mortal.chip.Fault;

/// Says HELLO until a board greets, and judges what greets. Guarded by its session's lock.
final class Handshake {
  private static final long HELLO_NANOS = 100_000_000;

  private final String address;
  private final RandomGenerator random;
  private final int schema = CommandList.DRIVER.schema();

  private int session;
  private Greeting greeting;
  private String oddity;
  private long openingSince;
  private long helloDue;

  Handshake(String address, RandomGenerator random) {
    this.address = address;
    this.random = random;
  }

  /// Begins a session: a new number, so that nothing of an earlier one is taken for its own.
  void begin(long now) {
    do {
      session = random.nextInt();
    } while (session == 0);
    openingSince = now;
    helloDue = now;
  }

  int session() {
    return session;
  }

  /// The last greeting of ours, or null.
  Greeting greeting() {
    return greeting;
  }

  /// What was wrong with a greeting that no board can give, or null.
  String oddity() {
    return oddity;
  }

  long openingNanos(long now) {
    return now - openingSince;
  }

  /// The bytes of HELLO when it is due, or null.
  byte[] hello(long now) {
    if (now - helloDue < 0) {
      return null;
    }
    helloDue = now + HELLO_NANOS;
    return Outgoing.hello(schema, session);
  }

  void helloNow(long now) {
    helloDue = now;
  }

  long helloDue() {
    return helloDue;
  }

  /// The link was away for so long, which is not the board's fault.
  void away(long nanos) {
    openingSince += nanos;
  }

  /// What a frame says, or null where no board can say it.
  Greeting hear(Frame frame) {
    try {
      return Greeting.parse(frame.payload());
    } catch (IllegalArgumentException e) {
      oddity = e.getMessage();
      return null;
    }
  }

  /// Why nobody can talk with the board that says `heard`, or null.
  Fault stranger(Frame frame, Greeting heard) {
    boolean speaks =
        frame.version() == Greeting.PROTOCOL
            && heard.protocol() == Greeting.PROTOCOL
            && heard.schema() == schema;
    return speaks ? null : Diagnosis.otherFirmware(address, heard);
  }

  /// Why the board that opens the session is not the one that was there before, or null.
  Fault exchanged(Greeting heard) {
    return greeting == null || greeting.chip().equals(heard.chip())
        ? null
        : Diagnosis.otherChip(address, greeting, heard);
  }

  /// The session is open.
  ///
  /// @return what its frames are checked with
  Frame.Key accept(Greeting heard) {
    greeting = heard;
    return new Frame.Key(schema, session ^ heard.nonce());
  }
}
