package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a board keeps while it is switched off: the kinds of SETTING in the command list.
enum Setting implements Coded {
  BOARD_NAME(1, 32),
  CHIP_ID(2, 40),
  SILENCE_MILLIS(3, Integer.BYTES);

  private static final int LEAST_SILENCE_MILLIS = 20;
  private static final int MOST_SILENCE_MILLIS = 60_000;

  private final int code;
  private final int mostBytes;

  Setting(int code, int mostBytes) {
    this.code = code;
    this.mostBytes = mostBytes;
  }

  @Override
  public int code() {
    return code;
  }

  /// The name that users type.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The setting that `key` names.
  ///
  /// @throws IllegalArgumentException if there is none
  static Setting of(String key) {
    for (Setting setting : values()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    String keys = Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("there is no setting '%s', only %s".formatted(key, keys));
  }

  String value(Greeting greeting) {
    return switch (this) {
      case BOARD_NAME -> greeting.board();
      case CHIP_ID -> greeting.chip();
      case SILENCE_MILLIS -> Integer.toString(greeting.silenceMillis());
    };
  }

  /// The payload that sets this to `value`; an empty text stands for the one that the firmware was built with.
  ///
  /// @throws IllegalArgumentException if it cannot be set to that
  ByteBuffer payload(String value) {
    ByteBuffer payload = Request.payload(1 + mostBytes).put((byte) code);
    if (this == SILENCE_MILLIS) {
      return payload.putInt(millis(value)).flip();
    }
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    if (text.length > mostBytes || value.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "%s must be a text of at most %d bytes, not of %d"
              .formatted(key(), mostBytes, text.length));
    }
    return payload.put(text).flip();
  }

  private static int millis(String value) {
    int millis = value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    if (millis < LEAST_SILENCE_MILLIS || millis > MOST_SILENCE_MILLIS) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, not '%s'"
              .formatted(SILENCE_MILLIS.key(), LEAST_SILENCE_MILLIS, MOST_SILENCE_MILLIS, value));
    }
    return millis;
  }
}
