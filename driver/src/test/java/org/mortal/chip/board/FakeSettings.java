package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a [FakeBoard] keeps over a restart.
final class FakeSettings {
  private final Map<Integer, String> texts = new HashMap<>(Map.of(1, "fake", 2, "fake-1"));
  private int silenceMillis = 200;

  int silenceMillis() {
    return silenceMillis;
  }

  /// Carries out SETTING_SET.
  ByteBuffer set(ByteBuffer in) {
    int key = in.get();
    if (key == 3) {
      silenceMillis = in.getInt();
    } else {
      texts.put(key, StandardCharsets.UTF_8.decode(in.slice()).toString());
    }
    return ByteBuffer.allocate(0);
  }

  /// The names at the end of a greeting.
  void putNames(ByteBuffer greeting) {
    greeting.put(156, texts.get(1).getBytes(StandardCharsets.UTF_8));
    greeting.put(156 + 32, texts.get(2).getBytes(StandardCharsets.UTF_8));
    greeting.put(156 + 72, "fake 0.1.0".getBytes(StandardCharsets.UTF_8));
  }
}
