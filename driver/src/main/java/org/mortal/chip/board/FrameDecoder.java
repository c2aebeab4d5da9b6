package org.mortal.chip.board;

import java.util.function.Consumer;

/// Takes frames out of a stream of bytes; after bytes that are none it finds the next at the next zero.
///
/// One thread at a time.
final class FrameDecoder {
  private final byte[] body;
  private final int payloadMax;
  private Frame.Key key;
  private int count;
  private boolean skipping;
  private long crcErrors;
  private long resyncs;

  /// @param payloadMax the longest payload that is taken
  FrameDecoder(int payloadMax) {
    this.payloadMax = payloadMax;
    this.body = new byte[Cobs.bound(Frame.HEADER + payloadMax + Frame.CRC)];
  }

  /// From now on frames of this session are taken.
  void key(Frame.Key next) {
    key = next;
  }

  /// Forgets a frame that has begun: what comes next comes from elsewhere.
  void reset() {
    count = 0;
    skipping = false;
  }

  void feed(byte[] bytes, int from, int length, Consumer<Frame> frames) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == 0) {
        end(frames);
      } else if (count == body.length) {
        skipping = true;
      } else {
        body[count++] = bytes[i];
      }
    }
  }

  private void end(Consumer<Frame> frames) {
    int length = skipping ? -1 : Cobs.decode(body, count);
    boolean empty = count == 0;
    reset();
    if (empty) {
      return;
    }
    if (length < 0) {
      resyncs++;
      return;
    }
    Frame frame = Frame.decode(body, length, key);
    if (frame == null || frame.payload().remaining() > payloadMax) {
      crcErrors++;
      return;
    }
    frames.accept(frame);
  }

  /// Frames with a wrong CRC, those of other sessions among them.
  long crcErrors() {
    return crcErrors;
  }

  /// Stretches of bytes that were no frame.
  long resyncs() {
    return resyncs;
  }
}
