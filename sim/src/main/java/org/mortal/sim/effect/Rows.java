package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;

/// State and quirks of the cells of one array, row by row, as effects keep them.
final class Rows {
  private Rows() {}

  /// A standard normal number for each cell.
  static float[][] normal(Geometry geometry, long key, Normals normals) {
    float[][] rows = new float[geometry.rows()][Normals.padded(geometry.columns())];
    for (int r = 0; r < rows.length; r++) {
      normals.fill(key, r, 0, rows[r], geometry.columns());
    }
    return rows;
  }

  static void save(float[][] rows, DataOutput out) throws IOException {
    for (float[] row : rows) {
      for (float value : row) {
        out.writeFloat(value);
      }
    }
  }

  static void restore(float[][] rows, DataInput in) throws IOException {
    for (float[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        row[c] = in.readFloat();
      }
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
