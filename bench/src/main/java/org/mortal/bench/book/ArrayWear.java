package org.mortal.bench.book;

/// Pulses given to each cell of one array, summed over entries.
///
/// @param array its place in the chip
/// @param complete false where a fault left open how many pulses were given beside these
public record ArrayWear(int array, int rows, int columns, CellWear wear, boolean complete) {

  static ArrayWear none(WearEntry like) {
    int cells = like.rowCount() * like.columnCount();
    return new ArrayWear(
        like.arrayIndex(), like.rowCount(), like.columnCount(), CellWear.none(cells), true);
  }

  ArrayWear incomplete() {
    return new ArrayWear(array, rows, columns, wear, false);
  }

  /// All pulses of each cell, rows x columns.
  public float[][] totals() {
    float[][] totals = new float[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        totals[r][c] = wear.total(r * columns + c);
      }
    }
    return totals;
  }
}
