package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;

/// State and quirks of the cells of one array: a number for each, row by row, in memory and in the file of a chip's state.
public final class CellRows {
  /// Bytes of an array's header, and of the reference to it.
  public static final int HEADER_BYTES = 16 + 4;

  private CellRows() {}

  /// A standard normal number for each cell, in rows that may be longer than the array's.
  public static float[][] normal(Geometry geometry, long key, Normals normals) {
    float[][] rows = new float[geometry.rows()][Normals.padded(geometry.columns())];
    for (int r = 0; r < rows.length; r++) {
      normals.fill(key, r, 0, rows[r], geometry.columns());
    }
    return rows;
  }

  /// Memory of the rows, which may be null.
  public static long bytes(float[][] rows) {
    long bytes = 0;
    for (int r = 0; rows != null && r < rows.length; r++) {
      bytes += HEADER_BYTES + (long) rows[r].length * Float.BYTES;
    }
    return bytes;
  }

  public static void save(float[][] rows, DataOutput out) throws IOException {
    for (float[] row : rows) {
      save(row, out);
    }
  }

  public static void restore(float[][] rows, DataInput in) throws IOException {
    for (float[] row : rows) {
      restore(row, in);
    }
  }

  public static void save(float[] row, DataOutput out) throws IOException {
    for (float value : row) {
      out.writeFloat(value);
    }
  }

  public static void restore(float[] row, DataInput in) throws IOException {
    for (int c = 0; c < row.length; c++) {
      row[c] = in.readFloat();
    }
  }

  static void save(long[][] rows, DataOutput out) throws IOException {
    for (long[] row : rows) {
      for (long value : row) {
        out.writeLong(value);
      }
    }
  }

  static void restore(long[][] rows, DataInput in) throws IOException {
    for (long[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        row[c] = in.readLong();
      }
    }
  }
}
