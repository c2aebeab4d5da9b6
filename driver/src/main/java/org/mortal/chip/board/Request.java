package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A command to be sent.
///
/// @param payload from its position to its limit
/// @param replyBytes the longest payload of its reply, a fault aside
/// @param budgetMillis the longest that the board may take for it
record Request(Command command, ByteBuffer payload, int replyBytes, long budgetMillis) {
  /// For what takes no time worth planning.
  static final long SHORT_MILLIS = 1000;

  /// A command without payload.
  static Request of(Command command, int replyBytes) {
    return new Request(command, ByteBuffer.allocate(0), replyBytes, SHORT_MILLIS);
  }

  /// Room for a payload, in the byte order of the wire.
  static ByteBuffer payload(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int requestCredit() {
    return payload.remaining() + Frame.CREDIT;
  }

  int replyCredit() {
    return replyBytes + Frame.CREDIT;
  }
}
