package org.mortal.bench.report;

/// Makes large matrices fit on a sheet.
final class Blocks {
  private Blocks() {}

  /// The matrix with square blocks of cells replaced by their means, so that no side is longer than
  /// `longest`; the same matrix if it fits. Cells that hold no finite number are left out of a
  /// mean, and a block of only such cells holds none either.
  static float[][] shrink(float[][] values, int longest) {
    int rows = values.length;
    int columns = values[0].length;
    int block = Math.ceilDiv(Math.max(rows, columns), longest);
    if (block == 1) {
      return values;
    }
    float[][] means = new float[Math.ceilDiv(rows, block)][Math.ceilDiv(columns, block)];
    for (int r = 0; r < means.length; r++) {
      for (int c = 0; c < means[r].length; c++) {
        means[r][c] =
            mean(
                values,
                r * block,
                Math.min(rows, (r + 1) * block),
                c * block,
                Math.min(columns, (c + 1) * block));
      }
    }
    return means;
  }

  private static float mean(float[][] values, int top, int bottom, int left, int right) {
    double sum = 0;
    int count = 0;
    for (int r = top; r < bottom; r++) {
      for (int c = left; c < right; c++) {
        if (Float.isFinite(values[r][c])) {
          sum += values[r][c];
          count++;
        }
      }
    }
    return count == 0 ? Float.NaN : (float) (sum / count);
  }
}
