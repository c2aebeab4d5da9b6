package org.mortal.chip.board;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The frames of PROTOCOL.md once more, written plainly and apart from the driver's, so that one can tell on the other.
final class FakeWire {
  private static final int POLYNOMIAL = 0x82F63B78;

  private FakeWire() {}

  static int crc(int schema, int session, byte[] bytes, int count) {
    ByteBuffer seed = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    int crc = feed(-1, seed.putInt(schema).putInt(session).array(), 8);
    return ~feed(crc, bytes, count);
  }

  private static int feed(int start, byte[] bytes, int count) {
    int crc = start;
    for (int i = 0; i < count; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
    }
    return crc;
  }

  /// The frame with the zero that ends it; schema and session are not used for types below 8.
  static byte[] frame(
      int schema, int session, int type, int sequence, int ack, int flags, byte[] payload) {
    ByteBuffer body = ByteBuffer.allocate(11 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
    body.put((byte) 1).put((byte) type).putShort((short) sequence).putShort((short) ack);
    body.put((byte) flags).put(payload);
    boolean any = type < 8;
    body.putInt(crc(any ? 0 : schema, any ? 0 : session, body.array(), body.position()));
    return stuff(body.array());
  }

  private static byte[] stuff(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int start = 0;
    while (start <= body.length) {
      int end = start;
      while (end < body.length && body[end] != 0 && end - start < 254) {
        end++;
      }
      boolean full = end - start == 254;
      out.write(end - start + 1);
      out.write(body, start, end - start);
      start = full ? end : end + 1;
      if (full && end == body.length) {
        break;
      }
    }
    out.write(0);
    return out.toByteArray();
  }

  /// The body of a frame without its zero, or null if it is none.
  static byte[] unstuff(byte[] stuffed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < stuffed.length) {
      int code = stuffed[at] & 0xFF;
      if (code == 0 || at + code > stuffed.length) {
        return null;
      }
      out.write(stuffed, at + 1, code - 1);
      at += code;
      if (code < 255 && at < stuffed.length) {
        out.write(0);
      }
    }
    byte[] body = out.toByteArray();
    return body.length < 11 ? null : body;
  }

  static boolean crcFits(int schema, int session, byte[] body) {
    boolean any = (body[1] & 0xFF) < 8;
    ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    int crc = crc(any ? 0 : schema, any ? 0 : session, body, body.length - 4);
    return bytes.getInt(body.length - 4) == crc;
  }

  static ByteBuffer payload(byte[] body) {
    return ByteBuffer.wrap(Arrays.copyOfRange(body, 7, body.length - 4))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
