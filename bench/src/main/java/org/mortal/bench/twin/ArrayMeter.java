package org.mortal.bench.twin;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Reads and pulses of one array that answers in true amperes, in the terms of its cells.
///
/// A cell is read by driving its row alone, and where pairs are sensed each half alone. Where single columns are sensed the other
/// rows are held a little above ground, since lines that are not driven may float.
final class ArrayMeter {
  /// Share of the highest voltage on rows that are not meant, where lines may float.
  private static final float HELD = 0.1f;

  /// Of full scale, for random vectors.
  private static final double RANGE = 0.6;

  private static final double[] SHARES = {1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05};
  private static final int TRIED = 64;
  private static final int MOST_TOGETHER = 1 << 20;

  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Limits limits;
  private final double[] offset;
  private long vectors;
  private long pulses;

  ArrayMeter(Crossbar crossbar) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
    this.offset = new double[geometry.outputs()];
  }

  Geometry geometry() {
    return geometry;
  }

  Limits limits() {
    return limits;
  }

  boolean pairs() {
    return geometry.sensing() == Sensing.DIFFERENTIAL;
  }

  /// Vectors read so far.
  long vectors() {
    return vectors;
  }

  /// Pulses given so far.
  long pulses() {
    return pulses;
  }

  /// What every output is found to show where nothing flows, in amperes.
  double[] offsets() {
    return offset.clone();
  }

  /// From now on the outputs are known to show `more` amperes where nothing flows than was thought.
  void addOffsets(double[] more) {
    for (int j = 0; j < offset.length; j++) {
      offset[j] += more[j];
    }
  }

  /// Currents of all vectors, less what is shown where nothing flows.
  ///
  /// @param shares of the highest voltage, vectors x rows
  float[][] amps(float[][] shares, Read.Sense sense) {
    float[][] amps = new float[shares.length][geometry.outputs()];
    int together = Math.max(1, MOST_TOGETHER / Math.max(geometry.rows(), geometry.outputs()));
    for (int from = 0; from < shares.length; from += together) {
      int count = Math.min(together, shares.length - from);
      Batch inputs = Batch.zeros(count, geometry.rows());
      for (int n = 0; n < count; n++) {
        inputs.setRow(n, shares[from + n]);
      }
      Batch read = Batch.zeros(count, geometry.outputs());
      crossbar.read(new Read(inputs, limits.maxReadVolts(), null, sense), read);
      for (int n = 0; n < count; n++) {
        read.getRow(n, amps[from + n]);
        for (int j = 0; j < offset.length; j++) {
          amps[from + n][j] -= (float) offset[j];
        }
      }
    }
    vectors += shares.length;
    return amps;
  }

  /// Reads every cell.
  CellReads cells(int reads) {
    float[][] siemens = new float[geometry.rows()][geometry.columns()];
    float[][] variance = new float[geometry.rows()][geometry.columns()];
    CellReads cells = new CellReads(siemens, variance, reads);
    if (pairs()) {
      read(Read.Sense.PLUS, 0, 1, cells);
      read(Read.Sense.MINUS, geometry.outputs(), -1, cells);
    } else {
      read(Read.Sense.ALL, 0, 1, cells);
    }
    return cells;
  }

  private void read(Read.Sense sense, int firstColumn, int sign, CellReads cells) {
    int rows = geometry.rows();
    float held = pairs() ? 0 : HELD;
    int bases = pairs() ? 0 : rows;
    float[][] shares = new float[rows + bases][rows];
    for (int n = 0; n < shares.length; n++) {
      Arrays.fill(shares[n], held);
      if (n < rows) {
        shares[n][n] = 1;
      }
    }
    double volts = (1 - held) * limits.maxReadVolts();
    double[][] sum = new double[rows][geometry.outputs()];
    double[][] squares = new double[rows][geometry.outputs()];
    for (int k = 0; k < cells.reads(); k++) {
      float[][] amps = amps(shares, sense);
      double[] base = base(amps, rows);
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < base.length; j++) {
          double one = sign * (amps[r][j] - base[j]) / volts;
          sum[r][j] += one;
          squares[r][j] += one * one;
        }
      }
    }
    int n = cells.reads();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < sum[r].length; j++) {
        double mean = sum[r][j] / n;
        cells.siemens()[r][firstColumn + j] = (float) mean;
        cells.variance()[r][firstColumn + j] =
            (float) Math.max(0, (squares[r][j] - n * mean * mean) / (n - 1));
      }
    }
  }

  private double[] base(float[][] amps, int from) {
    double[] base = new double[geometry.outputs()];
    for (int n = from; n < amps.length; n++) {
      for (int j = 0; j < base.length; j++) {
        base[j] += (double) amps[n][j] / (amps.length - from);
      }
    }
    return base;
  }

  /// The largest share of the highest voltage at which random vectors stay well within full scale.
  float range(RandomGenerator random) {
    for (double share : SHARES) {
      float[][] amps = amps(random(TRIED, (float) share, random), Read.Sense.ALL);
      int over = 0;
      for (float[] row : amps) {
        for (float one : row) {
          over += Math.abs(one) > RANGE * limits.fullScaleAmps() ? 1 : 0;
        }
      }
      if (over <= 0.01 * TRIED * geometry.outputs()) {
        return (float) share;
      }
    }
    return (float) SHARES[SHARES.length - 1];
  }

  /// Random vectors, every row driven between 0 and `share` of the highest voltage.
  float[][] random(int count, float share, RandomGenerator random) {
    float[][] shares = new float[count][geometry.rows()];
    for (float[] vector : shares) {
      for (int r = 0; r < vector.length; r++) {
        vector[r] = share * random.nextFloat();
      }
    }
    return shares;
  }

  /// Gives nominal pulses, in as many trains as the limits ask for.
  ///
  /// @param counts rows x columns, negative for RESET
  void pulse(int[][] counts) {
    int most = limits.maxPulses();
    boolean left = true;
    for (int done = 0; left; done += most) {
      left = false;
      short[] train = new short[geometry.cells()];
      boolean any = false;
      for (int i = 0; i < train.length; i++) {
        int count = counts[i / geometry.columns()][i % geometry.columns()];
        int rest = Integer.signum(count) * Math.max(0, Math.abs(count) - done);
        train[i] = (short) Math.clamp(rest, -most, most);
        pulses += Math.abs(train[i]);
        any |= train[i] != 0;
        left |= Math.abs(rest) > most;
      }
      if (any) {
        crossbar.pulse(PulseTrain.nominal(train, limits.write()));
      }
    }
  }

  /// The same number of pulses to all cells.
  void pulseAll(int count) {
    int[][] counts = new int[geometry.rows()][geometry.columns()];
    for (int[] row : counts) {
      Arrays.fill(row, count);
    }
    pulse(counts);
  }
}
