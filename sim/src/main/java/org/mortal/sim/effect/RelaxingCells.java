package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.Relaxation;
import org.mortal.sim.device.Relaxation.Anchor;
import org.mortal.sim.device.Window;

/// An offset of each cell that grows after a write: relaxation, or a programming error.
///
/// State: a normal number for each cell, 4 bytes, drawn anew by each train that the cell gets.
final class RelaxingCells implements CellEffect {
  private static final int PROBES = 16;

  private final Relaxation relaxation;
  private final Window window;
  private final WriteTimes times;
  private final long writeKey;
  private final Normals normals;
  private final float[][] normal;
  private final AgeGrid grid;
  private final long lastNanos;

  RelaxingCells(
      Relaxation relaxation,
      Window window,
      Geometry geometry,
      WriteTimes times,
      long key,
      Normals normals) {
    this.relaxation = relaxation;
    this.window = window;
    this.times = times;
    this.writeKey = Philox.key(key, 1);
    this.normals = normals;
    this.normal = CellRows.normal(geometry, Philox.key(key, 0), normals);
    double step = TOLERANCE * window.windowSiemens() / fastest(relaxation, window);
    this.grid = new AgeGrid(relaxation.firstSeconds(), Math.clamp(step, 0.01, 1));
    this.lastNanos = Math.round(relaxation.lastSeconds() * 1e9);
  }

  /// Most siemens for each e-fold of time that a cell of one standard deviation moves anywhere in the window.
  private static double fastest(Relaxation relaxation, Window window) {
    double fastest = 0;
    for (int k = 0; k < relaxation.anchors().size(); k++) {
      Anchor to = relaxation.anchors().get(k);
      double from = k == 0 ? relaxation.firstSeconds() : relaxation.anchors().get(k - 1).seconds();
      double efolds = Math.log(to.seconds() / from);
      for (int probe = 0; probe <= PROBES; probe++) {
        double siemens = window.minSiemens() + window.windowSiemens() * probe / PROBES;
        for (int normal = -1; normal <= 1; normal += 2) {
          double moved =
              relaxation.offset(siemens, k + 1, normal) - relaxation.offset(siemens, k, normal);
          fastest = Math.max(fastest, Math.abs(moved) / efolds);
        }
      }
    }
    return fastest;
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
      double place = relaxation.place((nanos - times.nanos(row, from)) * 1e-9);
      for (int c = from; place > 0 && c < end; c++) {
        double offset = relaxation.offset(window.siemens(written[c]), place, normal[row][c]);
        levels[c] += (float) (offset / window.slope());
      }
    }
  }

  @Override
  public void written(Writing writing, float[] before, float[][] levels) {
    float[] drawn = new float[Normals.padded(writing.count())];
    long number = writing.number();
    normals.fill(writeKey, (int) number, (int) (number >>> 32), drawn, writing.count());
    int columns = levels[0].length;
    for (int k = 0; k < writing.count(); k++) {
      int cell = writing.cells()[k];
      normal[cell / columns][cell % columns] = drawn[k];
    }
  }

  @Override
  public long nextChange(long nanos) {
    return nanos - times.latest() >= lastNanos
        ? Long.MAX_VALUE
        : Math.min(grid.next(nanos, times.latest()), times.latest() + lastNanos);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    CellRows.save(normal, out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    CellRows.restore(normal, in);
  }
}
