package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Batch;
import org.mortal.kernel.NonZero;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseResponse;

/// The cells of one array: their quirks, their state, and the linear map that they make.
///
/// The map is kept as a matrix, and rows of it are made anew after writes only, so that a batch of reads is one matrix
/// product.
final class CellArray {
  /// Square roots of pulse counts.
  private static final float[] ROOTS = new float[ChipProfile.MAX_PULSES + 1];

  static {
    for (int i = 0; i < ROOTS.length; i++) {
      ROOTS[i] = (float) Math.sqrt(i);
    }
  }

  private static final int PAD = 16;

  /// A thread's list of touched cells, used again for every array: to make one anew costs as much as to fill it.
  private static final ThreadLocal<int[]> TOUCHED = ThreadLocal.withInitial(() -> new int[0]);

  private final Geometry geometry;
  private final CellModel model;
  private final WriteMode write;
  private final Normals normals;
  private final long writeKey;

  /// Row by row, so that loops over a row have one index for all arrays and can become vector instructions.
  private final float[][] gain;

  private final float[][] level;

  /// The columns of each row whose cells do not answer to pulses, and the levels that they keep.
  private final int[][] stuckColumns;

  private final float[][] stuckLevels;

  private final Batch signal;
  private final Batch variance;
  private final double[] rowSiemens;
  private final boolean[] staleRows;
  private boolean stale = true;
  private long trains;

  CellArray(ChipProfile profile, long seed, int array, Normals normals) {
    this.geometry = profile.geometry();
    this.model = profile.cells();
    this.write = profile.write();
    this.normals = normals;
    this.writeKey = Stream.WRITE.key(seed, array);
    int columns = geometry.columns();
    this.gain = gains(Stream.GAIN.key(seed, array));
    this.level = new float[geometry.rows()][columns];
    this.stuckColumns = new int[geometry.rows()][];
    this.stuckLevels = new float[geometry.rows()][];
    this.rowSiemens = new double[geometry.rows()];
    Philox random = new Philox(Stream.STUCK.key(seed, array));
    for (int r = 0; r < geometry.rows(); r++) {
      drawStuck(r, random);
      for (int c = 0; c < columns; c++) {
        rowSiemens[r] += siemens(r, c);
      }
    }
    this.signal = Batch.spaced(geometry.rows(), padded(geometry.outputs()));
    this.variance =
        model.readNoiseVaries() ? Batch.spaced(geometry.rows(), padded(geometry.outputs())) : null;
    this.staleRows = new boolean[geometry.rows()];
    Arrays.fill(staleRows, true);
  }

  private void drawStuck(int r, Philox random) {
    int[] found = new int[geometry.columns()];
    int number = 0;
    for (int c = 0; c < found.length; c++) {
      if (random.nextDouble() < model.stuckFraction()) {
        found[number++] = c;
        level[r][c] =
            random.nextBoolean() ? 0f : (float) (random.nextDouble() * model.windowSiemens());
      }
    }
    stuckColumns[r] = Arrays.copyOf(found, number);
    stuckLevels[r] = new float[number];
    for (int k = 0; k < number; k++) {
      stuckLevels[r][k] = level[r][found[k]];
    }
  }

  private float[][] gains(long key) {
    float[][] gains = new float[geometry.rows()][Normals.padded(geometry.columns())];
    double sigma = Math.sqrt(Math.log1p(model.gainSpread() * model.gainSpread()));
    for (int r = 0; r < gains.length; r++) {
      normals.fill(key, r, 0, gains[r], geometry.columns());
      for (int c = 0; c < geometry.columns(); c++) {
        gains[r][c] = (float) Math.exp(sigma * gains[r][c] - sigma * sigma / 2);
      }
    }
    return gains;
  }

  /// The conductance of a cell, read without noise.
  double siemens(int row, int column) {
    return model.minSiemens() + gain[row][column] * level[row][column];
  }

  boolean isStuck(int row, int column) {
    return Arrays.binarySearch(stuckColumns[row], column) >= 0;
  }

  /// Outputs rounded up to whole vector registers: products of that width give a row the same bits in a batch of any size,
  /// where the BLAS can.
  static int padded(int outputs) {
    return Math.ceilDiv(outputs, PAD) * PAD;
  }

  /// What each row contributes to each output for one volt, rows x [#padded] outputs in siemens.
  Batch signal() {
    refresh();
    return signal;
  }

  /// The part of the read noise that differs from cell to cell: variance at each output for one volt squared at each
  /// row, rows x [#padded] outputs in siemens squared; null if there is none.
  Batch variance() {
    refresh();
    return variance;
  }

  /// All cells of each row together, in siemens.
  double[] rowSiemens() {
    return rowSiemens;
  }

  /// Memory of the cells and their map.
  long bytes() {
    long bytes = 0;
    for (int r = 0; r < level.length; r++) {
      bytes += bytes(gain[r].length) + bytes(level[r].length);
      bytes += bytes(stuckColumns[r].length) + bytes(stuckLevels[r].length);
    }
    bytes += signal.rows() * signal.stride() * Float.BYTES * (variance == null ? 1 : 2);
    return bytes + (long) rowSiemens.length * Double.BYTES + staleRows.length;
  }

  /// An array of `length` floats or ints, its header included.
  private static long bytes(int length) {
    return 16 + (long) length * Float.BYTES;
  }

  private void refresh() {
    if (!stale) {
      return;
    }
    stale = false;
    int columns = geometry.columns();
    int outputs = geometry.outputs();
    boolean differential = geometry.sensing() == Sensing.DIFFERENTIAL;
    float[] siemens = new float[columns];
    float[] minus = new float[outputs];
    float[] result = new float[padded(outputs)];
    float relative = (float) (model.readNoiseRelative() * model.readNoiseRelative());
    float least = (float) model.minSiemens();
    for (int r = 0; r < geometry.rows(); r++) {
      if (!staleRows[r]) {
        continue;
      }
      staleRows[r] = false;
      float[] gains = gain[r];
      float[] levels = level[r];
      for (int c = 0; c < columns; c++) {
        siemens[c] = Math.fma(gains[c], levels[c], least);
      }
      System.arraycopy(siemens, differential ? outputs : 0, minus, 0, outputs);
      for (int j = 0; j < outputs; j++) {
        result[j] = differential ? siemens[j] - minus[j] : siemens[j];
      }
      signal.setRow(r, result);
      if (variance != null) {
        for (int j = 0; j < outputs; j++) {
          float other = differential ? minus[j] : 0f;
          result[j] = relative * Math.fma(siemens[j], siemens[j], other * other);
        }
        variance.setRow(r, result);
      }
    }
  }

  /// What a train has cost: cells written, pulses, joules, and seconds with one row written at a time.
  record Written(long cells, long pulses, double joules, double seconds) {}

  private static int[] touched(int cells) {
    int[] touched = TOUCHED.get();
    if (touched.length < cells) {
      touched = new int[cells];
      TOUCHED.set(touched);
    }
    return touched;
  }

  /// Applies a train that has been checked.
  ///
  /// `n` equal independent steps with scatter `σ` of a step are one change of mean `n` and standard deviation `σ √n`, so
  /// each cell needs one draw however many pulses it gets.
  Written apply(PulseTrain train) {
    int columns = geometry.columns();
    int[] touched = touched(geometry.cells());
    int found = NonZero.find(train.counts(), 0, geometry.cells(), touched, 0);
    float[] scatter = new float[Normals.padded(found)];
    if (model.cycleNoise() > 0) {
      normals.fill(writeKey, (int) trains, (int) (trains >>> 32), scatter, found);
    }
    RowWriter writer = new RowWriter(train, touched, scatter);
    for (int k = 0; k < found; ) {
      int row = touched[k] / columns;
      int last = k;
      while (last < found && touched[last] < (row + 1) * columns) {
        last++;
      }
      writer.write(row, k, last);
      k = last;
    }
    trains++;
    stale |= found > 0;
    return writer.written(found);
  }

  /// One pass over the cells that a train touches, row by row.
  private final class RowWriter {
    private final PulseTrain train;
    private final int[] touched;
    private final float[] scatter;
    private final float setStep;
    private final float resetStep;
    private long setPulses;
    private long resetPulses;
    private double setSiemens;
    private double resetSiemens;
    private long slots;

    /// @param touched the cells, in order
    /// @param scatter a normal number for each
    RowWriter(PulseTrain train, int[] touched, float[] scatter) {
      this.train = train;
      this.touched = touched;
      this.scatter = scatter;
      this.setStep = (float) (model.stepSiemens() * PulseResponse.set(train, write));
      this.resetStep = (float) (model.stepSiemens() * PulseResponse.reset(train, write));
    }

    /// Writes the touched cells `from` (inclusive) to `to` (exclusive), which all lie in row `r`.
    void write(int r, int from, int to) {
      float[] gains = gain[r];
      float[] levels = level[r];
      float least = (float) model.minSiemens();
      float window = (float) model.windowSiemens();
      float noise = (float) model.cycleNoise();
      short[] counts = train.counts();
      int first = r * geometry.columns();
      // Sums stay in registers until the row is done.
      int mostSets = 0;
      int mostResets = 0;
      int sumSets = 0;
      int sumResets = 0;
      float sumSetSiemens = 0;
      float sumResetSiemens = 0;
      float change = 0;
      // Free of branches on the direction of a pulse, which nothing can predict.
      for (int k = from; k < to; k++) {
        int c = touched[k] - first;
        int count = counts[touched[k]];
        int sets = Math.max(count, 0);
        int resets = Math.max(-count, 0);
        float mean = sets * setStep - resets * resetStep;
        float deviation = noise * (ROOTS[sets] * setStep + ROOTS[resets] * resetStep);
        float was = levels[c];
        float now = was + Math.fma(deviation, scatter[k], mean);
        now = Math.max(0f, Math.min(window, now));
        levels[c] = now;
        float siemens = Math.fma(gains[c], was, least);
        sumSetSiemens += sets * siemens;
        sumResetSiemens += resets * siemens;
        change += gains[c] * (now - was);
        sumSets += sets;
        sumResets += resets;
        mostSets = Math.max(mostSets, sets);
        mostResets = Math.max(mostResets, resets);
      }
      for (int k = 0; k < stuckColumns[r].length; k++) {
        int c = stuckColumns[r][k];
        change -= gains[c] * (levels[c] - stuckLevels[r][k]);
        levels[c] = stuckLevels[r][k];
      }
      setPulses += sumSets;
      resetPulses += sumResets;
      setSiemens += sumSetSiemens;
      resetSiemens += sumResetSiemens;
      rowSiemens[r] += change;
      staleRows[r] = true;
      slots += mostSets + mostResets;
    }

    Written written(int cells) {
      double energy =
          train.setVolts() * train.setVolts() * setSiemens
              + train.resetVolts() * train.resetVolts() * resetSiemens;
      return new Written(
          cells, setPulses + resetPulses, energy * train.seconds(), slots * train.seconds());
    }
  }
}
