package org.mortal.bench.report;

import java.util.ArrayList;
import java.util.List;

/// A table for the terminal: columns as wide as their longest entry, the first aligned to the left
/// and the others to the right.
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /// @param header names of the columns
  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /// Adds a row of as many entries as the header has.
  public TextTable add(String... entries) {
    if (entries.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of %d entries in a table of %d".formatted(entries.length, rows.getFirst().size()));
    }
    rows.add(List.of(entries));
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String blanks = " ".repeat(width(c) - row.get(c).length());
        line.append(c == 0 ? row.get(c) + blanks : GAP + blanks + row.get(c));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
