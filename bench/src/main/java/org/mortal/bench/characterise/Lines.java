package org.mortal.bench.characterise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.report.Plot;

/// Curves through readings: of single cells in the background, and of all.
final class Lines {
  /// Cells whose curves are drawn one by one.
  private static final int SHOWN = 32;

  private Lines() {}

  /// Something of a cell in a reading.
  interface OfCell {
    double of(Reading reading, int cell);
  }

  /// Faint curves of some cells, evenly spread over the region.
  ///
  /// @param name put before the cells' numbers
  static List<Plot.Line> ofCells(
      String name, List<Reading> readings, ToDoubleFunction<Reading> x, OfCell value) {
    List<Plot.Line> lines = new ArrayList<>();
    if (readings.isEmpty()) {
      return lines;
    }
    int cells = readings.getFirst().amps().length;
    int shown = Math.min(SHOWN, cells);
    for (int k = 0; k < shown; k++) {
      int cell = (int) ((long) k * cells / shown);
      double[] y = Statistics.each(readings, r -> value.of(r, cell));
      lines.add(new Plot.Line(name + " of cell " + cell, Statistics.each(readings, x), y, true));
    }
    return lines;
  }

  /// The median over cells.
  static Plot.Line median(
      String name, List<Reading> readings, ToDoubleFunction<Reading> x, OfCell value) {
    return quantile(name, 0.5, readings, x, value);
  }

  static Plot.Line quantile(
      String name,
      double share,
      List<Reading> readings,
      ToDoubleFunction<Reading> x,
      OfCell value) {
    double[] y =
        Statistics.each(
            readings,
            r -> Statistics.quantile(Statistics.each(r.amps().length, i -> value.of(r, i)), share));
    return new Plot.Line(name, Statistics.each(readings, x), y, false);
  }
}
