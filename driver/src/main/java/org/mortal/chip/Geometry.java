package org.mortal.chip;

/// The shape of one array: `rows` driven lines by `columns` sensed lines.
///
/// @param rows 1 to [#MAX_LINES]
/// @param columns 1 to [#MAX_LINES], even where sensing is differential
public record Geometry(int rows, int columns, Sensing sensing) {
  /// The longest line.
  ///
  /// Published macros have 512 x 1024 differential pairs at most (tiles of 512 x 2048 devices, four to a weight: Ambrogio et
  /// al., Nature 620, 768 (2023)); what is larger is tiled.
  public static final int MAX_LINES = 1024;

  public Geometry {
    if (rows < 1 || rows > MAX_LINES || columns < 1 || columns > MAX_LINES) {
      throw new IllegalArgumentException(
          "an array has 1 to %d rows and columns, not %d x %d".formatted(MAX_LINES, rows, columns));
    }
    if (sensing == Sensing.DIFFERENTIAL && columns % 2 != 0) {
      throw new IllegalArgumentException(
          "differential sensing pairs columns, so their number must be even, not " + columns);
    }
  }

  public int cells() {
    return rows * columns;
  }

  /// Numbers that one read returns for each vector.
  public int outputs() {
    return sensing == Sensing.DIFFERENTIAL ? columns / 2 : columns;
  }

  /// The place of `cell` in row-major order.
  public int index(Cell cell) {
    check("row", cell.row(), rows, cell);
    check("column", cell.column(), columns, cell);
    return cell.row() * columns + cell.column();
  }

  private static void check(String what, int index, int count, Cell cell) {
    if (index < 0 || index >= count) {
      throw new ChipException(
          new Fault.OutOfLimits(what, index, index < 0 ? 0 : count - 1, "", cell));
    }
  }

  public Cell cell(int index) {
    return new Cell(index / columns, index % columns);
  }
}
