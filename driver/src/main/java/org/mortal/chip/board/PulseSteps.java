package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.NonZero;

/// A train of pulses as commands: only the cells that it touches, in as many frames as they need.
final class PulseSteps implements Iterator<Step> {
  private static final int HEAD = 36;
  private static final int REPLY = 8;
  private static final int FIRST = 1;
  private static final int LAST = 2;

  /// A gap that skips so many cells, and has no count.
  private static final int SKIP = 255;

  /// A count that says: the count is an i16 behind this.
  private static final int LONG_COUNT = -128;

  /// The longest step after its skips: gap, mark, count.
  private static final int STEP = 4;

  private final int array;
  private final PulseTrain train;
  private final int payloadMax;
  private final int maxMillis;
  private final int[] touched;
  private int place;
  private long pulses;

  PulseSteps(int array, PulseTrain train, int payloadMax) {
    this.array = array;
    this.train = train;
    this.payloadMax = payloadMax;
    this.maxMillis = Deadline.millis(train);
    int[] found = new int[train.counts().length];
    int number = NonZero.find(train.counts(), 0, found.length, found, 0);
    this.touched = Arrays.copyOf(found, number);
  }

  /// Row-major indices of the touched cells.
  int[] touched() {
    return touched;
  }

  /// Touched cells in the frames made so far.
  int cellsSent() {
    return place;
  }

  /// Pulses that the board has said it gave, in commands that it carried out.
  long pulses() {
    return pulses;
  }

  @Override
  public boolean hasNext() {
    return place < touched.length;
  }

  @Override
  public Step next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ByteBuffer payload = Request.payload(payloadMax);
    int part = place == 0 ? FIRST : 0;
    payload.position(HEAD - Integer.BYTES).putInt(touched[place]);
    int cell = touched[place];
    while (hasNext() && room(payload, touched[place] - cell)) {
      putStep(touched[place] - cell, payload);
      cell = touched[place++] + 1;
    }
    part |= hasNext() ? 0 : LAST;
    payload
        .flip()
        .putShort((short) array)
        .put((byte) part)
        .put((byte) 0)
        .putInt(maxMillis)
        .putDouble(train.setVolts())
        .putDouble(train.resetVolts())
        .putDouble(train.seconds())
        .rewind();
    return new Step(
        new Request(Command.PULSE, payload, REPLY, maxMillis),
        reply -> pulses += Integer.toUnsignedLong(reply.getInt()));
  }

  private static boolean room(ByteBuffer payload, int gap) {
    return payload.remaining() >= gap / SKIP + STEP;
  }

  private void putStep(int gap, ByteBuffer payload) {
    int rest = gap;
    for (; rest >= SKIP; rest -= SKIP) {
      payload.put((byte) SKIP);
    }
    int count = train.counts()[touched[place]];
    payload.put((byte) rest);
    if (count > LONG_COUNT && count <= Byte.MAX_VALUE) {
      payload.put((byte) count);
    } else {
      payload.put((byte) LONG_COUNT).putShort((short) count);
    }
  }
}
