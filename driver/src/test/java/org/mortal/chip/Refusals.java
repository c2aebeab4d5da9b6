package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/// Checks refusals: one line that holds all the given words.
public final class Refusals {
  private Refusals() {}

  /// `call` throws a [ChipException], which is returned.
  public static ChipException assertRefused(Executable call, Object... words) {
    ChipException refusal = assertThrows(ChipException.class, call);
    assertEquals(refusal.fault().message(), refusal.getMessage());
    assertOneLine(refusal.getMessage(), words);
    return refusal;
  }

  /// `call` throws an [IllegalArgumentException]: a mistake of the program, not of its user.
  public static void assertIllegal(Executable call, Object... words) {
    assertOneLine(assertThrows(IllegalArgumentException.class, call).getMessage(), words);
  }

  static void assertOneLine(String message, Object... words) {
    assertEquals(1, message.lines().count(), message);
    for (Object word : words) {
      assertTrue(message.contains(word.toString()), "'" + word + "' is missing in: " + message);
    }
  }
}
