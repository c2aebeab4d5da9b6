package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mortal.bench.run.CsvTable;

/// What readings say.
///
/// @param figures by the names that scripts know
/// @param perCell what was found of each cell; the first is mapped, counted and accumulated in pictures
/// @param curves pictures besides
/// @param tables by file name without ending
public record Findings(
    Map<String, Object> figures,
    List<Quantity> perCell,
    List<Picture> curves,
    Map<String, CsvTable> tables) {

  /// Without tables.
  Findings(Map<String, Object> figures, List<Quantity> perCell, List<Picture> curves) {
    this(figures, perCell, curves, Map.of());
  }

  /// One number for each cell.
  ///
  /// @param name in camel case with its unit, for tables
  /// @param words for people
  /// @param unit symbol
  /// @param values by the region's cells; not a number where there is none
  public record Quantity(String name, String words, String unit, double[] values) {}

  /// A picture that draws itself.
  ///
  /// @param file name without ending
  public record Picture(String file, Consumer<Path> draw) {}
}
