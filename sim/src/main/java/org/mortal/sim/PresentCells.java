package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.effect.CellRows;

/// What each cell of one array conducts at present, and how that scatters from read to read.
///
/// Kept for what asks for single cells: wires, circuits, and traps that switch between two looks at a row.
final class PresentCells {
  private final int columns;
  private final CellArray cells;
  private final float[][] siemens;

  /// Of each cell's read noise; null if none differs from cell to cell.
  private final float[][] variance;

  /// Null if no cell has a trap.
  private final TrapStates traps;

  /// What the cell of each trap conducts while the trap is empty.
  private final float[] free;

  private long version;

  PresentCells(Geometry geometry, CellArray cells) {
    int rows = geometry.rows();
    int width = Normals.padded(geometry.columns());
    this.columns = geometry.columns();
    this.cells = cells;
    this.siemens = new float[rows][width];
    this.variance = cells.noiseVaries() ? new float[rows][width] : null;
    this.traps = cells.traps() == null ? null : new TrapStates(cells.traps());
    this.free = traps == null ? new float[0] : new float[cells.traps().count()];
  }

  /// A number that is another after each change.
  long version() {
    return version;
  }

  /// Looks at one row anew.
  void look(int row, long nanos) {
    version++;
    cells.conduct(row, nanos, siemens[row]);
    int first = row * columns;
    for (int trap = firstTrap(row); trap < firstTrap(row + 1); trap++) {
      free[trap] = siemens[row][traps.cell(trap) - first];
      trap(trap);
    }
    if (variance != null) {
      cells.variance(row, nanos, siemens[row], variance[row]);
    }
  }

  private int firstTrap(int row) {
    return traps == null ? 0 : traps.first(row);
  }

  private void trap(int trap) {
    version++;
    int cell = traps.cell(trap);
    siemens[cell / columns][cell % columns] =
        traps.captured(trap) ? traps.left(trap) * free[trap] : free[trap];
  }

  /// Lets traps do what they have done up to `nanos`.
  ///
  /// @param changed gets the row of each cell that is not what it was
  void advance(long nanos, IntConsumer changed) {
    if (traps != null) {
      traps.advance(
          nanos,
          trap -> {
            trap(trap);
            changed.accept(traps.cell(trap) / columns);
          });
    }
  }

  /// When [#advance] will next have something to do.
  long nextFlip() {
    return traps == null ? Long.MAX_VALUE : traps.nextFlip();
  }

  /// Conductances by row and column; rows may be longer than the array's.
  float[][] siemens() {
    return siemens;
  }

  /// Their variances, or null if there are none that differ from cell to cell.
  float[][] variance() {
    return variance;
  }

  long bytes() {
    return CellRows.bytes(siemens) + CellRows.bytes(variance);
  }

  void save(DataOutput out) throws IOException {
    CellRows.save(siemens, out);
    if (variance != null) {
      CellRows.save(variance, out);
    }
    if (traps != null) {
      CellRows.save(free, out);
      traps.save(out);
    }
  }

  void restore(DataInput in) throws IOException {
    CellRows.restore(siemens, in);
    if (variance != null) {
      CellRows.restore(variance, in);
    }
    if (traps != null) {
      CellRows.restore(free, in);
      traps.restore(in);
    }
  }
}
