package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CharactersTest {
  private static final Task TASK = Characters.task();

  private static char character(int number) {
    return number == 0 ? ' ' : (char) ('a' + number - 1);
  }

  private static String context(DataSet data, int row) {
    float[] inputs = data.inputs().getRow(row).toFloatVector();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != 0) {
        assertEquals(1, inputs[i]);
        assertEquals(text.length(), i / Characters.ALPHABET, "one character a place");
        text.append(character(i % Characters.ALPHABET));
      }
    }
    return text.toString();
  }

  @Test
  void theTextCanBeReadFromWindowToWindow() {
    DataSet train = TASK.train();
    StringBuilder text = new StringBuilder(context(train, 0));
    for (int n = 0; n < 60; n++) {
      assertTrue(text.toString().endsWith(context(train, n)), "window " + n);
      text.append(character(train.labels()[n]));
    }
    assertEquals("from fairest creatures we desire increase that", text.substring(0, 46).strip());
  }

  @Test
  void noWindowLiesInTwoParts() {
    int text = Characters.text().length;
    int windows = TASK.train().size() + TASK.validation().size() + TASK.test().size();
    assertEquals(text - 3 * Characters.CONTEXT, windows);
    assertEquals(0.8, (double) TASK.train().size() / windows, 0.001);
    assertEquals(0.1, (double) TASK.test().size() / windows, 0.001);
    assertEquals(5 * 27, TASK.features());
    assertEquals(27, TASK.classes());
  }
}
