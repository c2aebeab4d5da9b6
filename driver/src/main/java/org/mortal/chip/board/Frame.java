package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// One frame of the link, without its wrapping.
///
/// @param type number of a [Command] or [Event]
/// @param sequence of the command that it is or answers
/// @param acknowledged from the host: all replies up to this have arrived; from the board: the last command queued
/// @param flags [#REPLY], [#FAULT] or none
record Frame(int version, int type, int sequence, int acknowledged, int flags, ByteBuffer payload) {
  static final int REPLY = 1;
  static final int FAULT = 2;

  /// What a frame takes of the credits beside its payload.
  static final int CREDIT = 13;

  static final int HEADER = 7;
  static final int CRC = 4;

  /// Types below this are understood between any two versions.
  static final int FIRST_OF_LIST = 8;

  /// Numbers go from 0 to one below this, and around.
  static final int SEQUENCES = 1 << 16;

  boolean is(Event event) {
    return type == event.code() && flags == 0;
  }

  boolean isReply() {
    return (flags & REPLY) != 0;
  }

  boolean isFault() {
    return (flags & FAULT) != 0;
  }

  /// How far `sequence` lies behind `from`, around the end of the numbers; negative where it lies before.
  static int distance(int from, int sequence) {
    return (short) (sequence - from);
  }

  /// What both sides share and do not send with each frame: one of another list, session or start has a wrong CRC.
  ///
  /// @param session its number, exclusive-or the nonce of the greeting that opened it
  record Key(int schema, int session) {

    /// The CRC of a frame's first `count` bytes.
    int crc(byte[] frame, int count) {
      boolean any = count > 1 && (frame[1] & 0xFF) < FIRST_OF_LIST;
      CRC32C crc = new CRC32C();
      crc.update(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(any ? 0 : schema)
              .putInt(any ? 0 : session)
              .flip());
      crc.update(frame, 0, count);
      return (int) crc.getValue();
    }
  }

  /// As it goes over the wire, with the zero that ends it.
  byte[] encode(Key key) {
    int count = payload.remaining();
    ByteBuffer body =
        ByteBuffer.allocate(HEADER + count + CRC)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) version)
            .put((byte) type)
            .putShort((short) sequence)
            .putShort((short) acknowledged)
            .put((byte) flags)
            .put(payload.duplicate());
    body.putInt(key.crc(body.array(), HEADER + count));
    byte[] wire = new byte[Cobs.bound(body.capacity()) + 1];
    int length = Cobs.encode(body.array(), body.capacity(), wire, 0);
    return length + 1 == wire.length ? wire : Arrays.copyOf(wire, length + 1);
  }

  /// A frame from its bytes without wrapping, or null where its CRC is wrong.
  static Frame decode(byte[] body, int count, Key key) {
    if (count < HEADER + CRC) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(body, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(count - CRC) != key.crc(body, count - CRC)) {
      return null;
    }
    byte[] payload = new byte[count - HEADER - CRC];
    bytes.get(HEADER, payload);
    return new Frame(
        body[0] & 0xFF,
        body[1] & 0xFF,
        bytes.getShort(2) & 0xFFFF,
        bytes.getShort(4) & 0xFFFF,
        body[6] & 0xFF,
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));
  }
}
