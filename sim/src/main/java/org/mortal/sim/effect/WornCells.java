package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.Endurance;
import org.mortal.sim.device.Window;

/// Cells that wear out with their pulses: their window closes, and in the end they are stuck.
///
/// State: pulses of each cell, 8 bytes; a quirk of 4 bytes per cell.
final class WornCells implements CellEffect {
  private final Endurance endurance;
  private final float middleSiemens;
  private final int columns;
  private final long[][] pulses;

  /// Pulses after which each cell is stuck.
  private final float[][] most;

  WornCells(Endurance endurance, Window window, Geometry geometry, long key, Normals normals) {
    this.endurance = endurance;
    this.middleSiemens = (float) (window.minSiemens() + window.windowSiemens() / 2);
    this.columns = geometry.columns();
    this.pulses = new long[geometry.rows()][columns];
    this.most = CellRows.normal(geometry, key, normals);
    for (float[] row : most) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) (endurance.medianPulses() * Math.exp(endurance.spread() * row[c]));
      }
    }
  }

  @Override
  public void conduct(int row, long nanos, float[] written, float[] siemens) {
    long number = 0;
    float window = 1;
    for (int c = 0; c < columns; c++) {
      if (pulses[row][c] != number) {
        number = pulses[row][c];
        window = (float) endurance.window(number);
      }
      siemens[c] = middleSiemens + (siemens[c] - middleSiemens) * window;
    }
  }

  @Override
  public void written(Writing writing, float[] before, float[][] levels) {
    for (int k = 0; k < writing.count(); k++) {
      int row = writing.cells()[k] / columns;
      int column = writing.cells()[k] % columns;
      int count = Math.abs(writing.train().counts()[writing.cells()[k]]);
      long done = pulses[row][column];
      pulses[row][column] = done + count;
      if (done + count > most[row][column]) {
        // Of this train, the pulses before the last one have worked.
        float share = Math.max(0, most[row][column] - done) / count;
        levels[row][column] = before[k] + share * (levels[row][column] - before[k]);
      }
    }
  }

  @Override
  public boolean stuck(int row, int column) {
    return pulses[row][column] > most[row][column];
  }

  @Override
  public void save(DataOutput out) throws IOException {
    CellRows.save(pulses, out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    CellRows.restore(pulses, in);
  }
}
