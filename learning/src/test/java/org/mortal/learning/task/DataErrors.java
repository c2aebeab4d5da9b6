package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/// Checks errors about data: one line that holds all the given words.
final class DataErrors {
  private DataErrors() {}

  static void assertDataError(Executable call, Object... words) {
    String message = assertThrows(DataException.class, call).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (Object word : words) {
      assertTrue(message.contains(word.toString()), "'" + word + "' is missing in: " + message);
    }
  }
}
