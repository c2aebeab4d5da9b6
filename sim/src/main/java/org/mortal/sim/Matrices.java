package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.kernel.Batch;

/// Matrices in memory and in the file of a chip's state.
final class Matrices {
  /// Of an array, and of the reference to it.
  static final int ARRAY_HEADER = 16 + 4;

  private Matrices() {}

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

  static void save(Batch matrix, DataOutput out) throws IOException {
    float[] row = new float[matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      matrix.getRow(r, row);
      save(new float[][] {row}, out);
    }
  }

  static void restore(Batch matrix, DataInput in) throws IOException {
    float[] row = new float[matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      restore(new float[][] {row}, in);
      matrix.setRow(r, row);
    }
  }

  /// Memory of the rows, which may be null.
  static long bytes(float[][] rows) {
    long bytes = 0;
    for (int r = 0; rows != null && r < rows.length; r++) {
      bytes += ARRAY_HEADER + (long) rows[r].length * Float.BYTES;
    }
    return bytes;
  }
}
