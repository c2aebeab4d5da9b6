package org.mortal.chip.board;

import java.nio.ByteBuffer;

/// The frames that a host sends, as bytes.
final class Outgoing {
  /// For what any two versions understand.
  static final Frame.Key ANY = new Frame.Key(0, 0);

  /// A constant string, which firmware recognises in its receive interrupt.
  static final byte[] STOP = event(Event.STOP, 0, ByteBuffer.allocate(0), ANY);

  private static final int HELLO_BYTES = 12;

  private Outgoing() {}

  static byte[] hello(int schema, int session) {
    ByteBuffer payload = Request.payload(HELLO_BYTES);
    payload.put((byte) Greeting.PROTOCOL).position(4).putInt(schema).putInt(session).flip();
    return afterZero(event(Event.HELLO, 0, payload, ANY));
  }

  static byte[] alive(int acknowledged, Frame.Key key) {
    return event(Event.ALIVE, acknowledged, ByteBuffer.allocate(0), key);
  }

  private static byte[] event(Event event, int acknowledged, ByteBuffer payload, Frame.Key key) {
    return new Frame(Greeting.PROTOCOL, event.code(), 0, acknowledged, 0, payload).encode(key);
  }

  static byte[] command(Pending command, int acknowledged, Frame.Key key) {
    Request request = command.request();
    int type = request.command().code();
    byte[] frame =
        new Frame(Greeting.PROTOCOL, type, command.sequence(), acknowledged, 0, request.payload())
            .encode(key);
    return command.sends() == 0 ? frame : afterZero(frame);
  }

  /// Ends what a lost zero has left unfinished on the other side.
  private static byte[] afterZero(byte[] frame) {
    byte[] longer = new byte[frame.length + 1];
    System.arraycopy(frame, 0, longer, 1, frame.length);
    return longer;
  }
}
