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

  /// The times of one row.
  long[] row(int row) {
    return nanos[row];
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
