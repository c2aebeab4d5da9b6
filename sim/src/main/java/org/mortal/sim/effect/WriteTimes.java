package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;

/// When each cell of one array was written last; those of a new chip count as written when it was made.
///
/// Shared by all effects that begin anew with a write. State: 8 bytes per cell.
final class WriteTimes {
  private final long[][] nanos;
  private long latest;

  WriteTimes(Geometry geometry) {
    this.nanos = new long[geometry.rows()][geometry.columns()];
  }

  /// When a cell was written last.
  long nanos(int row, int column) {
    return nanos[row][column];
  }

  /// Where the cells end that follow `from` in its row and were written together with it, as most of a row are: what goes by
  /// age is worked out once for them.
  int together(int row, int from) {
    long[] own = nanos[row];
    int end = from + 1;
    while (end < own.length && own[end] == own[from]) {
      end++;
    }
    return end;
  }

  /// The last write of all: what time does after a write it does fastest to the cells that were written last.
  long latest() {
    return latest;
  }

  void note(Writing writing) {
    int columns = nanos[0].length;
    for (int k = 0; k < writing.count(); k++) {
      nanos[writing.cells()[k] / columns][writing.cells()[k] % columns] = writing.nanos();
    }
    if (writing.count() > 0) {
      latest = writing.nanos();
    }
  }

  void save(DataOutput out) throws IOException {
    CellRows.save(nanos, out);
    out.writeLong(latest);
  }

  void restore(DataInput in) throws IOException {
    CellRows.restore(nanos, in);
    latest = in.readLong();
  }
}
