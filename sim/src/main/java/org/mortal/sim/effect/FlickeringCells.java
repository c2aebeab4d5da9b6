package org.mortal.sim.effect;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.Flicker;
import org.mortal.sim.device.Window;

/// 1/f noise: what is slow as a series in time, a sum of wanderings with about one time constant a decade, and what is fast
/// as white noise of each read.
///
/// One time constant a decade gives 1/f within 3 %. No state; 4 bytes per cell and decade are kept for speed.
final class FlickeringCells implements CellEffect {
  /// Step of the logarithm of time in which the variance of the published form, `ln t`, is followed.
  private static final double LOG_STEP = 0.3;

  private final Flicker flicker;
  private final Window window;
  private final WriteTimes times;
  private final int columns;
  private final Wandering[] wanderings;

  /// Standard deviation of each wandering relative to the cell's sigma.
  private final float share;

  private final AgeGrid grid;

  FlickeringCells(
      Flicker flicker,
      Window window,
      Geometry geometry,
      WriteTimes times,
      long key,
      Normals normals) {
    this.flicker = flicker;
    this.window = window;
    this.times = times;
    this.columns = geometry.columns();
    this.grid = new AgeGrid(2 * flicker.readSeconds(), LOG_STEP);
    double efolds = Math.log(flicker.longestSeconds() / flicker.shortestSeconds());
    this.wanderings = new Wandering[(int) Math.ceil(efolds / Math.log(10))];
    double each = wanderings.length == 0 ? 0 : efolds / wanderings.length;
    this.share = (float) Math.sqrt(each);
    for (int k = 0; k < wanderings.length; k++) {
      double seconds = flicker.shortestSeconds() * Math.exp((k + 0.5) * each);
      wanderings[k] = new Wandering(seconds, geometry, Philox.key(key, k), normals);
    }
  }

  @Override
  public void conduct(int row, long nanos, float[] written, float[] siemens) {
    if (wanderings.length == 0) {
      return;
    }
    float[] sum = new float[columns];
    for (Wandering wandering : wanderings) {
      float[] values = wandering.values(row, nanos);
      for (int c = 0; c < columns; c++) {
        sum[c] += values[c];
      }
    }
    for (int c = 0; c < columns; c++) {
      double sigma = flicker.sigma().sigma(window.siemens(written[c]), siemens[c]);
      siemens[c] = Math.max(0, siemens[c] + (float) sigma * share * sum[c]);
    }
  }

  @Override
  public void addVariance(int row, long nanos, float[] written, float[] siemens, float[] variance) {
    int end;
    for (int from = 0; from < columns; from = end) {
      end = times.together(row, from);
      double white = flicker.whiteVariance((nanos - times.nanos(row, from)) * 1e-9);
      for (int c = from; c < end; c++) {
        double sigma = flicker.sigma().sigma(window.siemens(written[c]), siemens[c]);
        variance[c] += (float) (white * sigma * sigma);
      }
    }
  }

  @Override
  public long nextChange(long nanos) {
    return wanderings.length == 0
        ? grid.next(nanos, times.latest())
        : wanderings[0].nextTick(nanos);
  }
}
