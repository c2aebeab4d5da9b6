package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// Views share memory with their batch and end where they should; nothing outside can be reached.
class BatchTest {
  private final Batch batch = Batch.of(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}});

  @Test
  void aNewBatchHoldsZeros() {
    assertArrayEquals(new float[][] {{0, 0}, {0, 0}, {0, 0}}, Batch.zeros(3, 2).toArrays());
  }

  @Test
  void spacedRowsLieAnOddNumberOfCacheLinesApart() {
    for (int columns : new int[] {1, 16, 17, 128, 500, 512}) {
      Batch spaced = Batch.spaced(3, columns);
      assertEquals(columns, spaced.columns());
      assertEquals(16, spaced.stride() % 32);
      assertEquals(0, spaced.stride() - 16 * Math.ceilDiv(columns, 16) & ~16);
      spaced.set(2, columns - 1, 5);
      assertEquals(5, spaced.toArrays()[2][columns - 1]);
    }
  }

  @Test
  void aViewOfRowsSharesMemory() {
    Batch view = batch.rows(1, 3);
    assertArrayEquals(new float[][] {{5, 6, 7, 8}, {9, 10, 11, 12}}, view.toArrays());
    view.set(0, 2, 70);
    assertEquals(70, batch.get(1, 2));
    batch.set(2, 0, 90);
    assertEquals(90, view.get(1, 0));
  }

  @Test
  void aViewOfColumnsSharesMemory() {
    Batch view = batch.columns(1, 3);
    assertArrayEquals(new float[][] {{2, 3}, {6, 7}, {10, 11}}, view.toArrays());
    assertEquals(4, view.stride());
    view.setRow(1, new float[] {-6, -7});
    assertArrayEquals(new float[] {5, -6, -7, 8}, batch.toArrays()[1]);
  }

  @Test
  void aViewOfAViewCountsFromTheView() {
    Batch view = batch.columns(1, 4).rows(1, 3).columns(1, 3).rows(1, 2);
    assertArrayEquals(new float[][] {{11, 12}}, view.toArrays());
  }

  @Test
  void aViewMayHoldNoRows() {
    assertEquals(0, batch.rows(3, 3).rows());
    assertEquals(0, batch.columns(1, 3).rows(3, 3).toArrays().length);
    assertEquals(2, Batch.zeros(0, 4).columns(2, 4).columns());
  }

  @Test
  void copiesBetweenViews() {
    Batch target = Batches.filled(5, 6, -1);
    target.rows(1, 4).columns(2, 4).copyFrom(batch.columns(2, 4));
    assertArrayEquals(
        new float[][] {
          {-1, -1, -1, -1, -1, -1},
          {-1, -1, 3, 4, -1, -1},
          {-1, -1, 7, 8, -1, -1},
          {-1, -1, 11, 12, -1, -1},
          {-1, -1, -1, -1, -1, -1}
        },
        target.toArrays());
  }

  @Test
  void wrapsForeignMemoryWithoutCopying() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(6 * Float.BYTES, Float.BYTES);
      Batch wrapped = Batch.wrap(2, 3, memory, arena);
      wrapped.set(1, 1, 5);
      assertEquals(5, memory.getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, 4));
      assertThrows(IllegalArgumentException.class, () -> Batch.wrap(3, 3, memory, arena));
    }
  }

  @Test
  void refusesEntriesOutside() {
    for (int[] outside : new int[][] {{-1, 0}, {0, -1}, {3, 0}, {0, 4}}) {
      int r = outside[0];
      int c = outside[1];
      assertThrows(IndexOutOfBoundsException.class, () -> batch.get(r, c));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.set(r, c, 1));
    }
  }

  @Test
  void refusesRowsOutsideTheViewThoughMemoryGoesOn() {
    Batch view = batch.rows(0, 2);
    float[] row = new float[4];
    for (int outside : new int[] {-1, 2}) {
      assertThrows(IndexOutOfBoundsException.class, () -> view.getRow(outside, row));
      assertThrows(IndexOutOfBoundsException.class, () -> view.setRow(outside, row));
    }
    assertArrayEquals(new float[] {9, 10, 11, 12}, batch.toArrays()[2]);
  }

  @Test
  void refusesViewsOutside() {
    for (int[] range : new int[][] {{-1, 2}, {2, 1}, {0, 5}}) {
      assertThrows(IndexOutOfBoundsException.class, () -> batch.rows(range[0], range[1]));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.columns(range[0], range[1]));
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Batch.zeros(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> Batch.zeros(2, 0));
    assertThrows(IllegalArgumentException.class, () -> Batch.of(new float[0][]));
    assertThrows(IllegalArgumentException.class, () -> Batch.of(new float[][] {{1, 2}, {3}}));
    assertThrows(IllegalArgumentException.class, () -> batch.copyFrom(Batch.zeros(3, 3)));
    assertThrows(IllegalArgumentException.class, () -> batch.copyFrom(Batch.zeros(2, 4)));
  }
}
