package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;

/// What a board says of itself: who it is, what its chip may be given, and how much the link takes at a time.
///
/// @param protocol of the frames
/// @param resetCause why it started; null where this driver does not know the number
/// @param programs whether its firmware has closed-loop programming
/// @param keepsSettings whether settings survive power-off
/// @param schema hash of the command list it was built from
/// @param nonce differs from one start to the next
/// @param session that is open; 0 for none
/// @param nextSequence number of the command it expects
/// @param link how much it takes
/// @param stopped whether it refuses commands until RESUME
/// @param silenceMillis after which a running job is grounded
/// @param board name of the board
/// @param chip serial number of the chip
/// @param firmware name and version for people
record Greeting(
    int protocol,
    Cause resetCause,
    boolean programs,
    boolean keepsSettings,
    int schema,
    Version version,
    int nonce,
    int session,
    int nextSequence,
    LinkLimits link,
    boolean stopped,
    int silenceMillis,
    int arrays,
    Geometry geometry,
    Limits limits,
    Converters converters,
    String board,
    String chip,
    String firmware) {
  /// Of the frames and of the greeting's layout.
  static final int PROTOCOL = 1;

  static final int BYTES = 260;
  private static final int ABILITY_PROGRAM = 1;
  private static final int ABILITY_SETTINGS = 2;
  private static final int BOARD_BYTES = 32;
  private static final int CHIP_BYTES = 40;
  private static final int FIRMWARE_BYTES = 32;

  /// How much a board takes at a time: the credits of PROTOCOL.md.
  record LinkLimits(int payloadMax, int windowFrames, int windowBytes, int replyBytes) {
    private static final int LEAST_PAYLOAD = 64;

    LinkLimits {
      int frame = payloadMax + Frame.CREDIT;
      if (payloadMax < LEAST_PAYLOAD
          || windowFrames < 1
          || windowBytes < frame
          || replyBytes < frame) {
        throw new IllegalArgumentException(
            "a window of %d frames, %d bytes and %d bytes of replies does not hold a frame of %d"
                .formatted(windowFrames, windowBytes, replyBytes, payloadMax));
      }
    }
  }

  /// @throws IllegalArgumentException if no board can be like that
  static Greeting parse(ByteBuffer payload) {
    if (payload.remaining() != BYTES) {
      throw new IllegalArgumentException(
          "a greeting has %d bytes, not %d".formatted(BYTES, payload.remaining()));
    }
    ByteBuffer bytes = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    int abilities = bytes.getShort(2);
    return new Greeting(
        bytes.get(0) & 0xFF,
        Coded.find(Cause.values(), bytes.get(1) & 0xFF),
        (abilities & ABILITY_PROGRAM) != 0,
        (abilities & ABILITY_SETTINGS) != 0,
        bytes.getInt(4),
        Version.of(bytes.getInt(8)),
        bytes.getInt(12),
        bytes.getInt(16),
        bytes.getShort(20) & 0xFFFF,
        new LinkLimits(
            bytes.getShort(22) & 0xFFFF,
            bytes.getShort(32) & 0xFFFF,
            clamped(bytes.getInt(24)),
            clamped(bytes.getInt(28))),
        bytes.get(43) != 0,
        clamped(bytes.getInt(44)),
        bytes.getShort(34) & 0xFFFF,
        geometry(bytes),
        limits(bytes),
        new Converters(
            bytes.get(41) & 0xFF, bytes.getDouble(140), bytes.get(42) & 0xFF, bytes.getDouble(148)),
        text(bytes, 156, BOARD_BYTES),
        text(bytes, 156 + BOARD_BYTES, CHIP_BYTES),
        text(bytes, 156 + BOARD_BYTES + CHIP_BYTES, FIRMWARE_BYTES));
  }

  private static Geometry geometry(ByteBuffer bytes) {
    return new Geometry(
        bytes.getShort(36) & 0xFFFF,
        bytes.getShort(38) & 0xFFFF,
        bytes.get(40) == 0 ? Sensing.SINGLE : Sensing.DIFFERENTIAL);
  }

  private static Limits limits(ByteBuffer bytes) {
    double[] values = new double[11];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble(52 + i * Double.BYTES);
    }
    return new Limits(
        values[0],
        values[1],
        values[2],
        clamped(bytes.getInt(48)),
        values[3],
        values[4],
        values[5],
        values[6],
        new WriteMode(values[7], values[8], values[9], values[10]));
  }

  /// A u32 as an int: so large a limit is none.
  private static int clamped(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }

  private static String text(ByteBuffer bytes, int from, int count) {
    int end = from;
    while (end < from + count && bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - from];
    bytes.get(from, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
