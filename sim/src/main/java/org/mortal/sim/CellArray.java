package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.effect.CellEffects;
import org.mortal.sim.effect.Writing;

/// The cells of one array: their state, and the linear map that they make.
///
/// The map is kept as a matrix, and rows of it are made anew only after writes and when time has changed them, so that a batch
/// of reads is one matrix product.
final class CellArray {
  private static final int PAD = 16;

  private final Geometry geometry;
  private final CellModel model;
  private final CellQuirks quirks;
  private final CellWriter writer;
  private final CellEffects effects;

  /// Row by row, so that loops over a row have one index for all arrays and can become vector instructions.
  private final float[][] level;

  private final Batch signal;
  private final Batch variance;
  private final double[] rowSiemens;
  private final boolean[] staleRows;
  private boolean stale = true;
  private long nextChange;

  CellArray(
      ChipProfile profile, long seed, int array, Normals normals, CellEffects effects) {
    this.geometry = profile.geometry();
    this.model = profile.cells();
    this.effects = effects;
    this.quirks = new CellQuirks(model, geometry, seed, array, normals);
    this.level = quirks.firstLevels();
    this.writer =
        new CellWriter(profile, quirks, level, Stream.WRITE.key(seed, array), normals);
    this.rowSiemens = new double[geometry.rows()];
    this.signal = Batch.zeros(geometry.rows(), padded(geometry.outputs()));
    this.variance =
        model.readNoiseVaries()
            ? Batch.zeros(geometry.rows(), padded(geometry.outputs()))
            : null;
    this.staleRows = new boolean[geometry.rows()];
    Arrays.fill(staleRows, true);
  }

  /// The conductance of a cell at `nanos`, read without noise.
  double siemens(int row, int column, long nanos) {
    if (effects.isEmpty()) {
      return quirks.siemens(row, column, writer.shown()[row][column]);
    }
    float[] siemens = new float[Normals.padded(geometry.columns())];
    conduct(row, nanos, siemens);
    return siemens[column];
  }

  boolean isStuck(int row, int column) {
    return quirks.isStuck(row, column) || effects.stuck(row, column);
  }

  /// Outputs rounded up to whole vector registers: products of that width give a row the same bits in a batch of any size,
  /// where the BLAS can.
  static int padded(int outputs) {
    return Math.ceilDiv(outputs, PAD) * PAD;
  }

  /// Brings the map up to date.
  ///
  /// @param nanos the chip's clock
  void refresh(long nanos) {
    if (nanos >= nextChange) {
      Arrays.fill(staleRows, true);
      stale = true;
    }
    if (!stale) {
      return;
    }
    stale = false;
    nextChange = effects.nextChange(nanos);
    RowMap map = new RowMap();
    for (int r = 0; r < geometry.rows(); r++) {
      if (staleRows[r]) {
        staleRows[r] = false;
        map.make(r, nanos);
      }
    }
  }

  /// When the map, refreshed last, will be out of date though nobody writes.
  long nextChange() {
    return nextChange;
  }

  /// What each row contributes to each output for one volt, rows x [#padded] outputs in siemens, as of the last refresh.
  Batch signal() {
    return signal;
  }

  /// The part of the read noise that differs from cell to cell: variance at each output for one volt squared at each
  /// row, rows x [#padded] outputs in siemens squared; null if there is none.
  Batch variance() {
    return variance;
  }

  /// All cells of each row together, in siemens, as of the last refresh.
  double[] rowSiemens() {
    return rowSiemens;
  }

  private void conduct(int row, long nanos, float[] siemens) {
    float[] written = writer.shown()[row];
    quirks.conduct(row, effects.levels(row, nanos, written), siemens);
    effects.conduct(row, nanos, written, siemens);
    quirks.breakCells(row, siemens);
  }

  /// One pass over stale rows; its work space is used for all of them.
  private final class RowMap {
    private final int columns = geometry.columns();
    private final int outputs = geometry.outputs();
    private final boolean differential = geometry.sensing() == Sensing.DIFFERENTIAL;
    private final float relative =
        (float) (model.readNoise().relative() * model.readNoise().relative());
    private final float[] siemens = new float[Normals.padded(columns)];
    private final float[] scatter = new float[Normals.padded(columns)];
    private final float[] result = new float[padded(outputs)];

    void make(int r, long nanos) {
      conduct(r, nanos, siemens);
      rowSiemens[r] = Sums.of(siemens, columns);
      combine(siemens, -1);
      signal.setRow(r, result);
      if (variance != null) {
        for (int c = 0; c < columns; c++) {
          scatter[c] = relative * siemens[c] * siemens[c];
        }
        effects.scatter(r, nanos, writer.shown()[r], siemens, scatter);
        combine(scatter, 1);
        variance.setRow(r, result);
      }
    }

    /// What each output gets: its column, or its two columns with a sign between them.
    private void combine(float[] columnwise, float sign) {
      System.arraycopy(columnwise, 0, result, 0, outputs);
      for (int j = 0; differential && j < outputs; j++) {
        result[j] += sign * columnwise[outputs + j];
      }
    }
  }

  /// Applies a train that has been checked.
  ///
  /// @param nanos the chip's clock when the train ends
  CellWriter.Written apply(PulseTrain train, long nanos) {
    Writing writing = writer.begin(train, nanos);
    effects.settle(writing, level);
    CellWriter.Written written = writer.write(writing);
    effects.written(writing, level);
    for (int k = 0; k < writing.count(); k++) {
      staleRows[writing.cells()[k] / geometry.columns()] = true;
    }
    stale |= writing.count() > 0;
    return written;
  }
}
