package org.mortal.sim.effect;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;

/// Ornstein and Uhlenbeck's process for each cell of an array: normal numbers with mean 0, variance 1 and the
/// autocorrelation `exp(-t / τ)`, at ticks of an eighth of τ.
///
/// The value at a tick is a pure function of the key, the cell and the tick: numbers 16 τ apart, whose correlation of 1e-7 is
/// left out, are drawn on their own, and what lies between is found by halving, each middle drawn from its exact
/// distribution under both ends. So there is no state, and any tick costs nine draws wherever the last one was.
///
/// The last values are kept, 4 bytes per cell.
final class Wandering {
  static final int TICKS_PER_TIME_CONSTANT = 8;
  private static final int SPAN_BITS = 7;
  private static final int SPAN = 1 << SPAN_BITS;

  private final int columns;
  private final long tickNanos;
  private final Normals normals;
  private final long[] rowKeys;

  /// For a middle half of 2^i ticks away from both ends: the weight of each end, and the standard deviation.
  private final float[] weight = new float[SPAN_BITS];

  private final float[] deviation = new float[SPAN_BITS];

  private final float[][] values;
  private final long[] ticks;
  private float[] low;
  private float[] high;
  private float[] middle;

  Wandering(double seconds, Geometry geometry, long key, Normals normals) {
    this.columns = geometry.columns();
    this.tickNanos = Math.max(1, Math.round(seconds * 1e9 / TICKS_PER_TIME_CONSTANT));
    this.normals = normals;
    this.rowKeys = new long[geometry.rows()];
    this.ticks = new long[geometry.rows()];
    this.values = new float[geometry.rows()][];
    for (int r = 0; r < rowKeys.length; r++) {
      rowKeys[r] = Philox.key(key, r);
    }
    for (int i = 0; i < SPAN_BITS; i++) {
      double correlation = Math.exp(-(1 << i) * tickNanos / (seconds * 1e9));
      double squared = correlation * correlation;
      weight[i] = (float) (correlation / (1 + squared));
      deviation[i] = (float) Math.sqrt((1 - squared) / (1 + squared));
    }
    int padded = Normals.padded(columns);
    this.low = new float[padded];
    this.high = new float[padded];
    this.middle = new float[padded];
  }

  /// When the next tick begins.
  long nextTick(long nanos) {
    return (Math.floorDiv(nanos, tickNanos) + 1) * tickNanos;
  }

  /// The values of one row's cells, to be read only.
  float[] values(int row, long nanos) {
    long tick = Math.floorDiv(nanos, tickNanos);
    if (values[row] == null || ticks[row] != tick) {
      if (values[row] == null) {
        values[row] = new float[columns];
      }
      halve(row, tick);
      System.arraycopy(low, 0, values[row], 0, columns);
      ticks[row] = tick;
    }
    return values[row];
  }

  /// Leaves the values at `tick` in `low`.
  private void halve(int row, long tick) {
    long from = Math.floorDiv(tick, SPAN) * SPAN;
    draw(row, from, low);
    if (from == tick) {
      return;
    }
    draw(row, from + SPAN, high);
    for (int i = SPAN_BITS - 1; from < tick; i--) {
      long at = from + (1 << i);
      draw(row, at, middle);
      float ends = weight[i];
      float spread = deviation[i];
      for (int c = 0; c < columns; c++) {
        middle[c] = Math.fma(spread, middle[c], ends * (low[c] + high[c]));
      }
      float[] spare;
      if (at <= tick) {
        from = at;
        spare = low;
        low = middle;
      } else {
        spare = high;
        high = middle;
      }
      middle = spare;
    }
  }

  private void draw(int row, long tick, float[] target) {
    normals.fill(rowKeys[row], (int) tick, (int) (tick >>> 32), target, columns);
  }
}
