package org.mortal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A float32 matrix in native memory, row-major: the unit in which data crosses every border.
///
/// A batch of `rows` vectors with `columns` entries each; entry (r, c) lies `r * stride + c` floats into the segment.
/// Views share memory with the batch they were taken from.
public final class Batch {
  /// Floats in a cache line.
  private static final int LINE = 16;

  private final int rows;
  private final int columns;
  private final long stride;
  private final MemorySegment segment;
  private final Object owner;

  private Batch(int rows, int columns, long stride, MemorySegment segment, Object owner) {
    if (rows < 0 || columns < 1 || stride < columns) {
      throw new IllegalArgumentException(
          "a batch needs rows >= 0, columns >= 1 and stride >= columns, not %d x %d, stride %d"
              .formatted(rows, columns, stride));
    }
    long floats = rows == 0 ? 0 : (rows - 1) * stride + columns;
    if (segment.byteSize() < floats * Float.BYTES) {
      throw new IllegalArgumentException(
          "a batch of %d x %d, stride %d, needs %d bytes, the segment has %d"
              .formatted(rows, columns, stride, floats * Float.BYTES, segment.byteSize()));
    }
    this.rows = rows;
    this.columns = columns;
    this.stride = stride;
    this.segment = segment;
    this.owner = owner;
  }

  /// A new batch of zeros, freed when it is no longer reachable.
  public static Batch zeros(int rows, int columns) {
    // 64 bytes: one cache line, one widest vector.
    long bytes = Math.max(1, (long) rows * columns) * Float.BYTES;
    return new Batch(rows, columns, columns, Arena.ofAuto().allocate(bytes, 64), null);
  }

  /// The same with rows an odd number of cache lines apart: a column of such a batch falls on all sets of a cache, where
  /// rows of 512 floats would fall on an eighth of them.
  public static Batch spaced(int rows, int columns) {
    int lines = Math.ceilDiv(columns, LINE) | 1;
    return zeros(rows, lines * LINE).columns(0, columns);
  }

  /// A copy of `values`, which holds one array per row, all of the same length.
  public static Batch of(float[][] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a batch made of arrays needs at least one row");
    }
    Batch batch = zeros(values.length, values[0].length);
    for (int r = 0; r < values.length; r++) {
      if (values[r].length != batch.columns) {
        throw new IllegalArgumentException(
            "row %d has %d entries, row 0 has %d".formatted(r, values[r].length, batch.columns));
      }
      batch.setRow(r, values[r]);
    }
    return batch;
  }

  /// Wraps native memory that somebody else owns, without copying.
  ///
  /// @param owner kept reachable as long as the batch is, so that the memory is not freed under it
  public static Batch wrap(int rows, int columns, MemorySegment segment, Object owner) {
    return new Batch(rows, columns, columns, segment, owner);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /// Floats from one row to the next.
  public long stride() {
    return stride;
  }

  /// The memory, beginning at entry (0, 0).
  public MemorySegment segment() {
    return segment;
  }

  /// A view of rows `from` (inclusive) to `to` (exclusive).
  public Batch rows(int from, int to) {
    checkRange("rows", from, to, rows);
    long offset = Math.min(from * stride * Float.BYTES, segment.byteSize());
    return new Batch(
        to - from, columns, stride, segment.asSlice(offset), owner == null ? this : owner);
  }

  /// A view of columns `from` (inclusive) to `to` (exclusive).
  public Batch columns(int from, int to) {
    checkRange("columns", from, to, columns);
    return new Batch(
        rows,
        to - from,
        stride,
        segment.asSlice(rows == 0 ? 0 : (long) from * Float.BYTES),
        owner == null ? this : owner);
  }

  public float get(int row, int column) {
    return segment.getAtIndex(JAVA_FLOAT, index(row, column));
  }

  public void set(int row, int column, float value) {
    segment.setAtIndex(JAVA_FLOAT, index(row, column), value);
  }

  /// Copies row `row` into the first `columns()` entries of `target`.
  public void getRow(int row, float[] target) {
    Objects.checkIndex(row, rows);
    MemorySegment.copy(segment, JAVA_FLOAT, row * stride * Float.BYTES, target, 0, columns);
  }

  /// Copies the first `columns()` entries of `source` into row `row`.
  public void setRow(int row, float[] source) {
    Objects.checkIndex(row, rows);
    MemorySegment.copy(source, 0, segment, JAVA_FLOAT, row * stride * Float.BYTES, columns);
  }

  /// Copies all of `source`, which must have the same shape.
  public void copyFrom(Batch source) {
    if (source.rows != rows || source.columns != columns) {
      throw new IllegalArgumentException(
          "cannot copy %d x %d into %d x %d".formatted(source.rows, source.columns, rows, columns));
    }
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(
          source.segment,
          r * source.stride * Float.BYTES,
          segment,
          r * stride * Float.BYTES,
          (long) columns * Float.BYTES);
    }
  }

  /// A copy as one array per row.
  public float[][] toArrays() {
    float[][] copy = new float[rows][columns];
    for (int r = 0; r < rows; r++) {
      getRow(r, copy[r]);
    }
    return copy;
  }

  private long index(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException(
          "entry (%d, %d) of a %d x %d batch".formatted(row, column, rows, columns));
    }
    return row * stride + column;
  }

  private static void checkRange(String what, int from, int to, int size) {
    if (from < 0 || to < from || to > size) {
      throw new IndexOutOfBoundsException("%s %d to %d of %d".formatted(what, from, to, size));
    }
  }

  @Override
  public String toString() {
    return "Batch[%d x %d]".formatted(rows, columns);
  }
}
