package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.Forming;

/// Cells that must be formed before they work.
///
/// State: whether a cell is formed, 1 byte; a quirk of 4 bytes per cell.
final class VirginCells implements CellEffect {
  private final Forming forming;
  private final int columns;
  private final boolean[][] formed;

  /// The forming voltage of each cell.
  private final float[][] volts;

  VirginCells(Forming forming, Geometry geometry, long key, Normals normals) {
    this.forming = forming;
    this.columns = geometry.columns();
    this.formed = new boolean[geometry.rows()][columns];
    this.volts = CellRows.normal(geometry, key, normals);
    for (float[] row : volts) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) (forming.meanVolts() + forming.spreadVolts() * row[c]);
      }
    }
  }

  @Override
  public void conduct(int row, long nanos, float[] written, float[] siemens) {
    for (int c = 0; c < columns; c++) {
      siemens[c] = formed[row][c] ? siemens[c] : (float) forming.virginSiemens();
    }
  }

  @Override
  public void written(Writing writing, float[] before, float[][] levels) {
    for (int k = 0; k < writing.count(); k++) {
      int cell = writing.cells()[k];
      int row = cell / columns;
      int column = cell % columns;
      if (!formed[row][column]) {
        boolean set = writing.train().counts()[cell] > 0;
        formed[row][column] = set && writing.train().setVolts() >= volts[row][column];
        levels[row][column] = formed[row][column] ? (float) forming.formedLevel() : before[k];
      }
    }
  }

  @Override
  public boolean stuck(int row, int column) {
    return !formed[row][column];
  }

  @Override
  public void save(DataOutput out) throws IOException {
    for (boolean[] row : formed) {
      for (boolean one : row) {
        out.writeBoolean(one);
      }
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    for (boolean[] row : formed) {
      for (int c = 0; c < columns; c++) {
        row[c] = in.readBoolean();
      }
    }
  }
}
