package org.mortal.chip;

/// A crosspoint of one array, counted from 0.
public record Cell(int row, int column) {
  @Override
  public String toString() {
    return "row %d, column %d".formatted(row, column);
  }
}
