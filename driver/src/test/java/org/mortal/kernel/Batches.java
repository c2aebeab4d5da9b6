package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Batches for tests: random ones, the same for the same key, and comparisons.
public final class Batches {
  private Batches() {}

  /// Entries spread evenly from `low` to `high`.
  public static Batch uniform(long key, int rows, int columns, double low, double high) {
    Philox random = new Philox(key);
    Batch batch = Batch.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        batch.set(r, c, (float) random.nextDouble(low, high));
      }
    }
    return batch;
  }

  /// All entries the same.
  public static Batch filled(int rows, int columns, float value) {
    Batch batch = Batch.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        batch.set(r, c, value);
      }
    }
    return batch;
  }

  /// Every entry within `tolerance` of the expected one.
  public static void assertClose(Batch expected, Batch actual, double tolerance, String what) {
    assertShape(expected, actual, what);
    for (int r = 0; r < expected.rows(); r++) {
      for (int c = 0; c < expected.columns(); c++) {
        float wanted = expected.get(r, c);
        float found = actual.get(r, c);
        if (!(Math.abs(wanted - found) <= tolerance)) {
          assertEquals(wanted, found, tolerance, "%s, entry (%d, %d)".formatted(what, r, c));
        }
      }
    }
  }

  /// Every entry the same bits.
  public static void assertSameBits(Batch expected, Batch actual, String what) {
    assertShape(expected, actual, what);
    for (int r = 0; r < expected.rows(); r++) {
      for (int c = 0; c < expected.columns(); c++) {
        int wanted = Float.floatToRawIntBits(expected.get(r, c));
        int found = Float.floatToRawIntBits(actual.get(r, c));
        if (wanted != found) {
          assertEquals(
              Integer.toHexString(wanted) + " = " + expected.get(r, c),
              Integer.toHexString(found) + " = " + actual.get(r, c),
              "%s, entry (%d, %d)".formatted(what, r, c));
        }
      }
    }
  }

  private static void assertShape(Batch expected, Batch actual, String what) {
    assertEquals(expected.toString(), actual.toString(), what);
  }
}
