package org.mortal.sim.circuit.network;

/// Turns a matrix from one layout to the other, in squares that stay in the first-level cache.
final class Transpose {
  private static final int SQUARE = 16;

  private Transpose() {}

  /// Writes the `rows x columns` matrix `from`, row by row, into `to` column by column.
  static void of(double[] from, int rows, int columns, double[] to) {
    for (int top = 0; top < rows; top += SQUARE) {
      int bottom = Math.min(top + SQUARE, rows);
      for (int left = 0; left < columns; left += SQUARE) {
        int right = Math.min(left + SQUARE, columns);
        for (int j = left; j < right; j++) {
          for (int i = top; i < bottom; i++) {
            to[j * rows + i] = from[i * columns + j];
          }
        }
      }
    }
  }
}
