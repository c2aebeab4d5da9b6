package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a board has counted since it started.
///
/// @param joules spent in arrays and converters; NaN where the board does not know
/// @param busySeconds of the arrays; NaN where the board does not know
/// @param values one for each [CounterName]
record Counters(double joules, double busySeconds, long[] values) {
  static final Counters NONE = new Counters(0, 0, new long[CounterName.values().length]);

  private static final int HEAD = 2 * Double.BYTES + Short.BYTES;

  /// The reply to COUNTERS. A board may know fewer or more counters than this driver: those it lacks are 0.
  ///
  /// @throws IllegalArgumentException if it is cut off
  static Counters parse(ByteBuffer payload) {
    ByteBuffer bytes = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = bytes.remaining() < HEAD ? 0 : bytes.getShort(HEAD - Short.BYTES) & 0xFFFF;
    if (bytes.remaining() < bytes(count)) {
      throw new IllegalArgumentException(
          "%d counters in %d bytes".formatted(count, bytes.remaining()));
    }
    long[] values = new long[CounterName.values().length];
    for (int i = 0; i < Math.min(count, values.length); i++) {
      values[i] = bytes.getLong(HEAD + i * Long.BYTES);
    }
    return new Counters(bytes.getDouble(0), bytes.getDouble(Double.BYTES), values);
  }

  /// The length of a reply with `count` counters.
  static int bytes(int count) {
    return HEAD + count * Long.BYTES;
  }

  Counters plus(Counters other) {
    long[] sums = values.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.values[i];
    }
    return new Counters(joules + other.joules, busySeconds + other.busySeconds, sums);
  }

  long get(CounterName name) {
    return values[name.code()];
  }
}
