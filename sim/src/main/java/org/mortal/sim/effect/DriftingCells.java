package org.mortal.sim.effect;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.Drift;
import org.mortal.sim.device.Window;

/// Conductances that fall by a power law after a write, each with an exponent of its own.
///
/// No state but the times of writes; a quirk of 4 bytes per cell.
final class DriftingCells implements CellEffect {
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
    int end;
    for (int from = 0; from < levels.length; from = end) {
      end = times.together(row, from);
      double efolds = Math.log((nanos - times.nanos(row, from)) * 1e-9 / drift.startSeconds());
      for (int c = from; efolds > 0 && c < end; c++) {
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
