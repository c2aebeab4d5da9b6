package org.mortal.bench.characterise;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mortal.chip.Cell;
import org.mortal.chip.Geometry;

/// A rectangle of cells of one array. Its cells are numbered row by row.
///
/// @param top first row
/// @param left first column
/// @param rows how many, at least 1
/// @param columns how many, at least 1
public record Region(int top, int left, int rows, int columns) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

  /// The whole array.
  public static Region all(Geometry geometry) {
    return new Region(0, 0, geometry.rows(), geometry.columns());
  }

  /// The first cells of the array, at most `side` by `side` of them.
  public static Region corner(Geometry geometry, int side) {
    return new Region(0, 0, Math.min(side, geometry.rows()), Math.min(side, geometry.columns()));
  }

  /// What `text` says: `3,4` for one cell, `0-7,0-15` for rows and columns, or `all`.
  ///
  /// @return nothing if it says none of these, or cells that the array does not have
  public static Optional<Region> parse(String text, Geometry geometry) {
    if (text.equals("all")) {
      return Optional.of(all(geometry));
    }
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Matcher rows = TEXT.matcher(parts[0]);
    Matcher columns = TEXT.matcher(parts[1]);
    if (!rows.matches() || !columns.matches()) {
      return Optional.empty();
    }
    int bottom = last(rows);
    int right = last(columns);
    int top = Integer.parseInt(rows.group(1));
    int left = Integer.parseInt(columns.group(1));
    boolean inside = bottom < geometry.rows() && right < geometry.columns();
    return inside && top <= bottom && left <= right
        ? Optional.of(new Region(top, left, bottom - top + 1, right - left + 1))
        : Optional.empty();
  }

  private static int last(Matcher range) {
    return Integer.parseInt(range.group(range.group(2) == null ? 1 : 2));
  }

  public int cells() {
    return rows * columns;
  }

  /// The cell of the array that is number `index` here.
  public Cell cell(int index) {
    return new Cell(top + index / columns, left + index % columns);
  }

  int lastRow() {
    return top + rows - 1;
  }

  /// As [#parse] reads it.
  @Override
  public String toString() {
    return span(top, rows) + "," + span(left, columns);
  }

  private static String span(int from, int count) {
    return count == 1 ? String.valueOf(from) : from + "-" + (from + count - 1);
  }
}
