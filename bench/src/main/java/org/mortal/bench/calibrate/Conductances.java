package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Read;

/// Quick maps of cells, by reading rows one by one.
final class Conductances {
  private final ArrayReader reader;
  private final ArrayState state;

  Conductances(ArrayReader reader, ArrayState state) {
    this.reader = reader;
    this.state = state;
  }

  /// Reads all cells `passes` times, at least twice.
  CellFit.Estimates read(int passes) {
    List<CellReads> reads = new ArrayList<>();
    for (Read.Sense half : reader.halves()) {
      Code rows = new Code(half, reader.geometry().rows(), 1, state.idle(), 1);
      reads.add(CellReads.of(reader, rows, passes));
    }
    return CellAnalysis.of(reader.geometry(), state, reads).estimates();
  }
}
