package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.learning.task.DataErrors.assertDataError;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {
  @Test
  void xorIsItsFourPatterns() {
    Task xor = Tasks.load("xor", null, 1);
    assertEquals("xor", xor.name());
    assertEquals(2, xor.picture().width());
    assertEquals(1, xor.picture().height());
    assertEquals(2, xor.classes());
    for (DataSet part : List.of(xor.train(), xor.validation(), xor.test())) {
      assertArrayEquals(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, part.inputs().data().asFloat());
      assertArrayEquals(new int[] {0, 1, 1, 0}, part.labels());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void parityAsksForAnOddNumberOfOnes(int bits) {
    Task parity = Tasks.load("parity-" + bits, null, 1);
    assertEquals("parity-" + bits, parity.name());
    assertEquals(bits, parity.picture().width());
    assertEquals(2, parity.classes());
    for (DataSet part : List.of(parity.train(), parity.validation(), parity.test())) {
      assertEquals(128, part.size());
      Set<String> seen = new HashSet<>();
      for (int n = 0; n < part.size(); n++) {
        float[] pattern = part.inputs().getRow(n).toFloatVector();
        double ones = 0;
        for (float bit : pattern) {
          ones += bit;
        }
        assertEquals(ones % 2, part.labels()[n]);
        seen.add(Arrays.toString(pattern));
      }
      assertEquals(1 << bits, seen.size(), "all patterns");
    }
  }

  @Test
  void theEncoderAsksWhichInputIsOn() {
    Task encoder = Tasks.load("encoder", null, 1);
    assertEquals("encoder", encoder.name());
    assertEquals(8, encoder.features());
    assertEquals(8, encoder.classes());
    for (DataSet part : List.of(encoder.train(), encoder.validation(), encoder.test())) {
      int[] count = new int[8];
      for (int n = 0; n < part.size(); n++) {
        float[] expected = new float[8];
        expected[part.labels()[n]] = 1;
        assertArrayEquals(expected, part.inputs().getRow(n).toFloatVector());
        count[part.labels()[n]]++;
      }
      assertArrayEquals(new int[] {128, 128, 128, 128, 128, 128, 128, 128}, count);
    }
  }

  @Test
  void barsAndStripesAreThirtyPicturesAsOftenAsEachOther() {
    Task task = Tasks.load("bars-and-stripes", null, 1);
    assertEquals(new Goal.Patterns(), task.goal());
    assertEquals(16, task.features());
    for (DataSet part : List.of(task.train(), task.validation(), task.test())) {
      Map<String, Integer> seen = new HashMap<>();
      float[] inputs = part.inputs().data().asFloat();
      for (int n = 0; n < part.size(); n++) {
        float[] pixels = Arrays.copyOfRange(inputs, 16 * n, 16 * n + 16);
        boolean rows = true;
        boolean columns = true;
        for (int p = 0; p < 16; p++) {
          rows &= pixels[p] == pixels[p / 4 * 4];
          columns &= pixels[p] == pixels[p % 4];
        }
        assertEquals(rows, part.isRight(n, 0));
        assertEquals(columns, part.isRight(n, 1));
        assertTrue(rows || columns);
        seen.merge(Arrays.toString(pixels), 1, Integer::sum);
      }
      assertEquals(30, seen.size());
      assertEquals(Set.of(part.size() / 30), Set.copyOf(seen.values()));
    }
  }

  @Test
  void digitsHaveTheirUsualSize() {
    Task digits = Tasks.load("digits", null, 1);
    assertEquals("digits", digits.name());
    assertEquals(12_000, digits.train().size());
    assertEquals(2_000, digits.validation().size());
    assertEquals(4_000, digits.test().size());
    assertEquals(28, digits.picture().width());
    assertEquals(28, digits.picture().height());
    assertEquals(784, digits.features());
  }

  @Test
  void refusesAnUnknownName() {
    assertDataError(
        () -> Tasks.load("cifar", null, 1), "'cifar'", String.join(", ", Tasks.names()));
  }

  @Test
  void mnistNeedsAFolder() {
    assertDataError(
        () -> Tasks.load("mnist", null, 1), "--data DIR", "MORTAL_DATA", "data mnist --to DIR");
  }
}
