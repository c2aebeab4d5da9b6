package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseResponse;

/// The cells of one array: their quirks, their state, and the linear map that they make.
///
/// The map is kept as a matrix and made anew after writes only, so that a batch of reads is one matrix product.
final class CellArray {
  private final Geometry geometry;
  private final CellModel model;
  private final WriteMode write;
  private final Normals normals;
  private final long writeKey;
  private final float[] gain;
  private final float[] level;
  private final boolean[] stuck;
  private final Batch signal;
  private final Batch variance;
  private final double[] rowSiemens;
  private boolean stale = true;
  private long trains;

  CellArray(ChipProfile profile, long seed, int array, Normals normals) {
    this.geometry = profile.geometry();
    this.model = profile.cells();
    this.write = profile.write();
    this.normals = normals;
    this.writeKey = Stream.WRITE.key(seed, array);
    int cells = geometry.cells();
    this.gain = gains(Stream.GAIN.key(seed, array), cells);
    this.level = new float[cells];
    this.stuck = new boolean[cells];
    Philox random = new Philox(Stream.STUCK.key(seed, array));
    for (int i = 0; i < cells; i++) {
      if (random.nextDouble() < model.stuckFraction()) {
        stuck[i] = true;
        level[i] = random.nextBoolean() ? 0 : (float) (random.nextDouble() * model.windowSiemens());
      }
    }
    this.signal = Batch.zeros(geometry.rows(), geometry.outputs());
    this.variance =
        model.readNoiseRelative() > 0 ? Batch.zeros(geometry.rows(), geometry.outputs()) : null;
    this.rowSiemens = new double[geometry.rows()];
  }

  private float[] gains(long key, int cells) {
    float[] gains = new float[Normals.padded(cells)];
    if (model.gainSpread() == 0) {
      Arrays.fill(gains, 1f);
      return gains;
    }
    normals.fill(key, 0, 0, gains, cells);
    double sigma = Math.sqrt(Math.log1p(model.gainSpread() * model.gainSpread()));
    for (int i = 0; i < cells; i++) {
      gains[i] = (float) Math.exp(sigma * gains[i] - sigma * sigma / 2);
    }
    return gains;
  }

  /// The conductance of a cell, read without noise.
  double siemens(int index) {
    return model.minSiemens() + gain[index] * level[index];
  }

  boolean isStuck(int index) {
    return stuck[index];
  }

  /// What each row contributes to each output for one volt, rows x outputs in siemens.
  Batch signal() {
    refresh();
    return signal;
  }

  /// The part of the read noise that differs from cell to cell: variance at each output for one volt squared at each
  /// row, rows x outputs in siemens squared; null if there is none.
  Batch variance() {
    refresh();
    return variance;
  }

  /// All cells of each row together, in siemens.
  double[] rowSiemens() {
    refresh();
    return rowSiemens;
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
    float[] difference = new float[outputs];
    float[] square = new float[outputs];
    float relative = (float) (model.readNoiseRelative() * model.readNoiseRelative());
    float least = (float) model.minSiemens();
    for (int r = 0; r < geometry.rows(); r++) {
      int first = r * columns;
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        siemens[c] = Math.fma(gain[first + c], level[first + c], least);
        sum += siemens[c];
      }
      rowSiemens[r] = sum;
      for (int j = 0; j < outputs; j++) {
        float plus = siemens[j];
        float minus = differential ? siemens[outputs + j] : 0f;
        difference[j] = plus - minus;
        square[j] = relative * (plus * plus + minus * minus);
      }
      signal.setRow(r, difference);
      if (variance != null) {
        variance.setRow(r, square);
      }
    }
  }

  /// What a train has cost: cells written, pulses, joules, and seconds with one row written at a time.
  record Written(long cells, long pulses, double joules, double seconds) {}

  /// Applies a train that has been checked.
  ///
  /// `n` equal independent steps with scatter `σ` of a step are one change of mean `n` and standard deviation `σ √n`, so
  /// each cell needs one draw however many pulses it gets.
  Written apply(PulseTrain train) {
    int columns = geometry.columns();
    short[] counts = train.counts();
    double setStep = model.stepSiemens() * PulseResponse.set(train, write);
    double resetStep = model.stepSiemens() * PulseResponse.reset(train, write);
    int[] touched = new int[columns];
    float[] scatter = new float[Normals.padded(columns)];
    long cells = 0;
    long pulses = 0;
    double voltsSquaredSiemens = 0;
    long slots = 0;
    for (int r = 0; r < geometry.rows(); r++) {
      int first = r * columns;
      int found = 0;
      for (int c = 0; c < columns; c++) {
        touched[found] = c;
        found += counts[first + c] == 0 ? 0 : 1;
      }
      if (found == 0) {
        continue;
      }
      if (model.cycleNoise() > 0) {
        normals.fill(writeKey, (int) trains, r | (int) (trains >>> 32) << 8, scatter, found);
      }
      int mostSets = 0;
      int mostResets = 0;
      for (int k = 0; k < found; k++) {
        int i = first + touched[k];
        int count = counts[i];
        double volts = count > 0 ? train.setVolts() : train.resetVolts();
        int times = Math.abs(count);
        pulses += times;
        mostSets = Math.max(mostSets, count);
        mostResets = Math.max(mostResets, -count);
        voltsSquaredSiemens += times * volts * volts * siemens(i);
        step(i, count, times, count > 0 ? setStep : resetStep, scatter[k]);
      }
      cells += found;
      slots += mostSets + mostResets;
    }
    trains++;
    stale |= cells > 0;
    return new Written(
        cells, pulses, voltsSquaredSiemens * train.seconds(), slots * train.seconds());
  }

  private void step(int index, int count, int times, double step, float normal) {
    if (stuck[index]) {
      return;
    }
    double change = count + model.cycleNoise() * Math.sqrt(times) * normal;
    float now = (float) (level[index] + step * change);
    level[index] = Math.max(0f, Math.min((float) model.windowSiemens(), now));
  }
}
