package org.mortal.learning.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;

/// The next character of a text, from the few before it.
///
/// The text is seventeen of Shakespeare's sonnets, in the public domain, brought to the letters from a to z and single spaces.
/// Its first eight tenths are to train, the ninth to validate, the last to test: whole stretches, so that no window of one
/// part lies in another.
///
/// Source: Shakespeare, Sonnets (1609), numbers 1, 2, 12, 15, 18, 27, 29, 30, 55, 60, 64, 71, 73, 97, 104, 116 and 130. The
/// measure beside the error, bits for each character, is that of Shannon, Bell System Technical Journal 30, 50 (1951).
public final class Characters {
  /// Characters that are seen before the one to be told.
  public static final int CONTEXT = 5;

  /// A space, then the letters.
  static final int ALPHABET = 27;

  private static final String TEXT = "sonnets.txt";

  private Characters() {}

  /// The task `characters`.
  ///
  /// @return rows of 5 x 27 features, the character farthest back first, of each 27 one 1 and the others 0; the label is the
  ///     next character, 0 for a space, 1 for a; width 135, height 1
  public static Task task() {
    byte[] text = text();
    int validation = text.length * 8 / 10;
    int test = text.length * 9 / 10;
    return new Task(
        "characters",
        windows(text, 0, validation),
        windows(text, validation, test),
        windows(text, test, text.length),
        CONTEXT * ALPHABET,
        1);
  }

  /// Every window that lies in `[from, to)` with the character behind it.
  private static DataSet windows(byte[] text, int from, int to) {
    int size = to - from - CONTEXT;
    float[] inputs = new float[size * CONTEXT * ALPHABET];
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      for (int i = 0; i < CONTEXT; i++) {
        inputs[(n * CONTEXT + i) * ALPHABET + text[from + n + i]] = 1;
      }
      labels[n] = text[from + n + CONTEXT];
    }
    return new DataSet(
        Nd4j.create(inputs, new long[] {size, CONTEXT * ALPHABET}, 'c'), labels, ALPHABET);
  }

  /// The text as numbers of characters.
  static byte[] text() {
    String letters = read().toLowerCase(Locale.ROOT).replace("'", "");
    String plain = letters.replaceAll("[^a-z]+", " ").strip();
    byte[] numbers = plain.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) (numbers[i] == ' ' ? 0 : numbers[i] - 'a' + 1);
    }
    return numbers;
  }

  private static String read() {
    try (InputStream stream = Characters.class.getResourceAsStream(TEXT)) {
      if (stream == null) {
        throw new DataException("%s is missing beside its class: build again".formatted(TEXT));
      }
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(TEXT, e.getMessage()), e);
    }
  }
}
