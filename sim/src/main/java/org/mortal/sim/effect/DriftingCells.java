package org.mortal.sim.effect;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.Drift;
import org.mortal.sim.device.Window;

/// Conductances that fall by a power law after a write, each with an exponent of its own.
///
/// No state but the times of writes; a quirk of 4 bytes per cell.
final class DriftingCells implements CellEffect {
  /// How much conductances may change before rows are made anew.
  private static final double TOLERANCE = 1e-3;

  private final Drift drift;
  private final Window window;
  private final WriteTimes times;
  private final float[][] normal;
  private final AgeGrid grid;

  DriftingCells(
      Drift drift, Window window, Geometry geometry, WriteTimes times, long key, Normals normals) {
    this.drift = drift;
    this.window = window;
    this.times = times;
    this.normal = CellRows.normal(geometry, key, normals);
    double steepest = drift.mean().most() + drift.spread().most();
    this.grid = new AgeGrid(drift.startSeconds(), Math.clamp(TOLERANCE / steepest, 1e-3, 1));
  }

  @Override
  public boolean ages() {
    return true;
  }

  @Override
  public void age(int row, long nanos, float[] written, float[] levels) {
    long[] since = times.row(row);
    long age = -1;
    double efolds = 0;
    for (int c = 0; c < since.length; c++) {
      // Most cells of a row were written together.
      if (nanos - since[c] != age) {
        age = nanos - since[c];
        efolds = Math.max(0, Math.log(age * 1e-9 / drift.startSeconds()));
      }
      if (efolds > 0) {
        double exponent = drift.exponent(window.siemens(written[c]), normal[row][c]);
        double siemens = window.siemens(levels[c]) * Math.exp(-exponent * efolds);
        levels[c] = (float) window.level(siemens);
      }
    }
  }

  @Override
  public long nextChange(long nanos) {
    return grid.next(nanos, times.latest());
  }
}
