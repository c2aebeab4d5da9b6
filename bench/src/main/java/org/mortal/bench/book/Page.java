package org.mortal.bench.book;

import java.util.List;

/// What is entered at once.
record Page(
    List<ChipEntry> chips,
    List<RunEntry> runs,
    List<Wear> wear,
    List<CalibrationEntry> calibrations) {
  /// Without calibrations.
  Page(List<ChipEntry> chips, List<RunEntry> runs, List<Wear> wear) {
    this(chips, runs, wear, List.of());
  }

  /// An entry with the counts of its cells, as [CellWear#encoded] makes them.
  record Wear(WearEntry entry, byte[] counts) {}

  boolean isEmpty() {
    return chips.isEmpty() && runs.isEmpty() && wear.isEmpty() && calibrations.isEmpty();
  }
}
