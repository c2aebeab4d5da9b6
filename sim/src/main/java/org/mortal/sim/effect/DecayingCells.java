package org.mortal.sim.effect;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.Retention;

/// Levels that decay to a level of rest, each with a time constant of its own.
///
/// No state but the times of writes; a quirk of 4 bytes per cell where time constants differ.
final class DecayingCells implements CellEffect {
  /// Exponents above which nothing is left of a level: exp(-20) is 2e-9.
  private static final double GONE = 20;

  private final Retention retention;
  private final WriteTimes times;
  private final ThermalTime time;

  /// Rates of cells relative to the mean; null where all are alike.
  private final float[][] rate;

  DecayingCells(
      Retention retention,
      Geometry geometry,
      WriteTimes times,
      Ambient ambient,
      long key,
      Normals normals) {
    this.retention = retention;
    this.times = times;
    this.time = new ThermalTime(ambient, retention.activationElectronvolts(), retention.kelvin());
    this.rate = retention.spread() == 0 ? null : CellRows.normal(geometry, key, normals);
    double sigma = Math.sqrt(Math.log1p(retention.spread() * retention.spread()));
    for (int r = 0; rate != null && r < rate.length; r++) {
      for (int c = 0; c < rate[r].length; c++) {
        // One over a log-normal time constant of mean 1.
        rate[r][c] = (float) Math.exp(sigma * sigma / 2 - sigma * rate[r][c]);
      }
    }
  }

  @Override
  public boolean ages() {
    return true;
  }

  @Override
  public void age(int row, long nanos, float[] written, float[] levels) {
    double now = time.seconds(nanos);
    double rest = retention.restLevel();
    int end;
    for (int from = 0; from < levels.length; from = end) {
      end = times.together(row, from);
      double lives = (now - time.seconds(times.nanos(row, from))) / retention.seconds();
      double left = left(lives);
      for (int c = from; c < end; c++) {
        // Most cells of a volatile array are at rest, and stay there.
        if (levels[c] == rest) {
          continue;
        }
        double share = rate == null ? left : left(lives * rate[row][c]);
        levels[c] = (float) (rest + (levels[c] - rest) * share);
      }
    }
  }

  /// What is left of a level's distance from rest after so many time constants.
  private double left(double lives) {
    return Math.exp(-exponent(lives));
  }

  private double exponent(double lives) {
    return retention.stretch() == 1 ? lives : Math.pow(lives, retention.stretch());
  }

  @Override
  public long nextChange(long nanos) {
    double written = time.seconds(times.latest());
    double now = exponent(Math.max(0, time.seconds(nanos) - written) / retention.seconds());
    if (now > GONE) {
      return Long.MAX_VALUE;
    }
    long next = nanos;
    // Rounding may put a time that lies on the grid on either side of it.
    for (long k = (long) (now / TOLERANCE); next <= nanos; k++) {
      double lives = Math.pow(k * TOLERANCE, 1 / retention.stretch());
      next = time.nanosAt(written + lives * retention.seconds(), nanos);
    }
    return next;
  }
}
