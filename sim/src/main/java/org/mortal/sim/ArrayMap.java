package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Workers;
import org.mortal.sim.effect.CellRows;

/// The linear map that the cells of an array and its wires make of row voltages.
///
/// It is kept as a matrix, and rows of it are made anew only after writes and when time has changed them, so that a batch of
/// reads is one matrix product.
final class ArrayMap {
  private static final int PAD = 16;

  private final Geometry geometry;
  private final CellArray cells;

  /// What the wires make of the cells; null where they are perfect, or no part of the map.
  private final WiredMap wired;

  /// The cells one by one, for what needs them so; null where rows are made straight from the cells.
  private final PresentCells present;

  private final Batch signal;
  private final Batch variance;
  private final double[] rowSiemens;
  private final boolean[] staleRows;
  private boolean stale = true;
  private long version;
  private long nextChange = Long.MIN_VALUE;

  /// @param cellwise whether reads ask for single cells, and solve for the wires themselves
  ArrayMap(ChipProfile profile, CellArray cells, Workers workers, boolean cellwise) {
    this.geometry = profile.geometry();
    this.cells = cells;
    this.wired =
        cellwise || profile.wiring().perfect()
            ? null
            : new WiredMap(geometry.rows(), geometry.columns(), profile.wiring().wires(), workers);
    boolean keeps = cellwise || wired != null || cells.changesWithTime();
    this.present = keeps ? new PresentCells(geometry, cells) : null;
    int rows = geometry.rows();
    this.rowSiemens = new double[rows];
    // Reads that ask for single cells ask for no map.
    int mapped = cellwise ? 0 : rows;
    this.signal = Batch.spaced(mapped, padded(geometry.outputs()));
    this.variance = cells.noiseVaries() ? Batch.spaced(mapped, padded(geometry.outputs())) : null;
    this.staleRows = new boolean[rows];
    Arrays.fill(staleRows, true);
  }

  /// Outputs rounded up to whole vector registers: products of that width give a row the same bits in a batch of any size,
  /// where the BLAS can.
  static int padded(int outputs) {
    return Math.ceilDiv(outputs, PAD) * PAD;
  }

  /// Notes that cells of a row were written.
  void touch(int row) {
    staleRows[row] = true;
    stale = true;
  }

  /// When the map, refreshed last, will be out of date though nobody writes.
  long nextChange() {
    return present == null ? nextChange : Math.min(nextChange, present.nextFlip());
  }

  /// Whether it is out of date.
  boolean isDue(long nanos, double kelvin) {
    return stale || nanos >= nextChange() || wiresChange(kelvin);
  }

  private boolean wiresChange(double kelvin) {
    return wired != null && wired.changesAt(kelvin);
  }

  /// Brings the map up to date.
  ///
  /// @param nanos the chip's clock
  /// @param kelvin the temperature of its wires
  void refresh(long nanos, double kelvin) {
    if (nanos >= nextChange) {
      Arrays.fill(staleRows, true);
      stale = true;
    }
    if (stale) {
      long next = cells.nextChange(nanos);
      // Rows that stay as they are must not wait longer for it.
      nextChange = nanos >= nextChange ? next : Math.min(nextChange, next);
      for (int r = 0; r < geometry.rows() && present != null; r++) {
        if (staleRows[r]) {
          present.look(r, nanos);
          changed(r);
        }
      }
    }
    if (present != null) {
      present.advance(nanos, this::changed);
    }
    if (stale || wiresChange(kelvin)) {
      stale = false;
      remake(nanos, kelvin);
    }
  }

  /// A cell of the row conducts something else.
  private void changed(int row) {
    if (wired != null) {
      wired.take(row, present.siemens()[row]);
    }
    touch(row);
  }

  private void remake(long nanos, double kelvin) {
    version++;
    if (wired != null) {
      // A cell has to do with every row of the map.
      wired.update(kelvin);
      Arrays.fill(staleRows, true);
    }
    Rows rows = new Rows();
    for (int r = 0; r < signal.rows(); r++) {
      if (staleRows[r]) {
        rows.make(r, nanos);
      }
    }
    Arrays.fill(staleRows, false);
  }

  /// A number that is another after each change of the map.
  long version() {
    return version;
  }

  /// What each row contributes to each output for one volt, rows x [#padded] outputs in siemens, as of the last refresh.
  Batch signal(Read.Sense sense) {
    return sense == Read.Sense.ALL ? signal : half(sense, false);
  }

  /// The part of the read noise that differs from cell to cell: variance at each output for one volt squared at each
  /// row, rows x [#padded] outputs in siemens squared; null if there is none.
  Batch variance(Read.Sense sense) {
    return variance == null || sense == Read.Sense.ALL ? variance : half(sense, true);
  }

  /// The map of one half of the pairs: needed for verifying reads only, so it is made when asked for.
  private Batch half(Read.Sense sense, boolean noise) {
    Batch map = Batch.spaced(geometry.rows(), padded(geometry.outputs()));
    Rows rows = new Rows();
    for (int r = 0; r < geometry.rows(); r++) {
      map.setRow(r, rows.half(r, sense, noise));
    }
    return map;
  }

  /// Whether there is a [#variance].
  boolean noiseVaries() {
    return variance != null;
  }

  /// All cells of each row together, in siemens, as of the last refresh.
  double[] rowSiemens() {
    return rowSiemens;
  }

  /// All cells of each column together, in siemens, as of the last refresh.
  double[] columnSiemens() {
    double[] sums = new double[geometry.columns()];
    Rows rows = new Rows();
    for (int r = 0; r < geometry.rows(); r++) {
      rows.load(r, 0);
      for (int c = 0; c < sums.length; c++) {
        sums[c] += rows.row[c];
      }
    }
    return sums;
  }

  /// The cells one by one, as of the last refresh; null where nobody was said to ask for them.
  PresentCells present() {
    return present;
  }

  /// One pass over rows; its work space is used for all of them.
  private final class Rows {
    private final int columns = geometry.columns();
    private final int outputs = geometry.outputs();
    private final boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    private final float[] row = new float[Normals.padded(columns)];
    private final float[] noise = new float[Normals.padded(columns)];
    private final float[] result = new float[padded(outputs)];

    void make(int r, long nanos) {
      load(r, nanos);
      rowSiemens[r] = Sums.of(row, columns);
      combine(row, -1);
      signal.setRow(r, result);
      if (variance != null) {
        loadNoise(r, nanos);
        combine(noise, 1);
        variance.setRow(r, result);
      }
    }

    float[] half(int r, Read.Sense sense, boolean ofNoise) {
      int first = sense == Read.Sense.PLUS ? 0 : outputs;
      // Without effects a row does not depend on the time, so any will do.
      load(r, 0);
      if (ofNoise) {
        loadNoise(r, 0);
      }
      float sign = ofNoise || first == 0 ? 1 : -1;
      for (int j = 0; j < outputs; j++) {
        result[j] = sign * (ofNoise ? noise : row)[first + j];
      }
      return result;
    }

    private void load(int r, long nanos) {
      if (wired != null) {
        wired.effective(r, row);
      } else if (present != null) {
        System.arraycopy(present.siemens()[r], 0, row, 0, columns);
      } else {
        cells.conduct(r, nanos, row);
      }
    }

    private void loadNoise(int r, long nanos) {
      if (present == null) {
        cells.variance(r, nanos, row, noise);
        return;
      }
      System.arraycopy(present.variance()[r], 0, noise, 0, columns);
      float[] siemens = present.siemens()[r];
      for (int c = 0; wired != null && c < columns; c++) {
        // Wires weaken what a cell adds of its own as they weaken its signal.
        float part = siemens[c] > 0 ? row[c] / siemens[c] : 0;
        noise[c] *= part * part;
      }
    }

    /// What each output gets: its column, or its two columns with a sign between them.
    private void combine(float[] columnwise, float sign) {
      System.arraycopy(columnwise, 0, result, 0, outputs);
      for (int j = 0; pairs && j < outputs; j++) {
        result[j] += sign * columnwise[outputs + j];
      }
    }
  }

  long bytes() {
    long bytes = signal.rows() * signal.stride() * Float.BYTES * (variance == null ? 1L : 2L);
    bytes += present == null ? 0 : present.bytes();
    bytes += (long) rowSiemens.length * Double.BYTES + staleRows.length;
    return bytes + (wired == null ? 0 : wired.bytes());
  }

  /// Writes the map as it is: it was made at times that are past.
  void save(DataOutput out) throws IOException {
    save(signal, out);
    if (variance != null) {
      save(variance, out);
    }
    if (present != null) {
      present.save(out);
    }
    if (wired != null) {
      wired.save(out);
    }
    for (int r = 0; r < staleRows.length; r++) {
      out.writeDouble(rowSiemens[r]);
      out.writeBoolean(staleRows[r]);
    }
    out.writeBoolean(stale);
    out.writeLong(nextChange);
  }

  void restore(DataInput in) throws IOException {
    restore(signal, in);
    if (variance != null) {
      restore(variance, in);
    }
    if (present != null) {
      present.restore(in);
    }
    if (wired != null) {
      wired.restore(in);
    }
    for (int r = 0; r < staleRows.length; r++) {
      rowSiemens[r] = in.readDouble();
      staleRows[r] = in.readBoolean();
    }
    stale = in.readBoolean();
    nextChange = in.readLong();
  }

  private static void save(Batch matrix, DataOutput out) throws IOException {
    float[] row = new float[matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      matrix.getRow(r, row);
      CellRows.save(row, out);
    }
  }

  private static void restore(Batch matrix, DataInput in) throws IOException {
    float[] row = new float[matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      CellRows.restore(row, in);
      matrix.setRow(r, row);
    }
  }
}
