package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// An [ArrayMap] the other way round: what each output's columns contribute to each row.
///
/// Cells are conductors and know no direction. Nor do wires: the current at one end for a volt at another is the same both ways
/// (reciprocity), as long as a line is sensed where it would be driven. So it is the transposed matrix, which is made when it is
/// first asked for after the map has changed.
final class TransposedMap {
  /// Rows turned at a time: their entries fill a cache line of the result.
  private static final int ROWS = 16;

  private final ArrayMap map;
  private final Geometry geometry;
  private final Batch signal;
  private final Batch variance;
  private final double[] siemens;
  private long version = -1;

  TransposedMap(ArrayMap map, Geometry geometry) {
    int rows = ArrayMap.padded(geometry.rows());
    this.map = map;
    this.geometry = geometry;
    this.signal = Batch.spaced(geometry.outputs(), rows);
    this.variance = map.noiseVaries() ? Batch.spaced(geometry.outputs(), rows) : null;
    this.siemens = new double[geometry.outputs()];
  }

  /// Where the currents of what drives the outputs' columns come from, as of the map's last refresh.
  Currents currents(RowDrive drive) {
    if (version != map.version()) {
      version = map.version();
      turn(map.signal(Read.Sense.ALL), signal);
      if (variance != null) {
        turn(map.variance(Read.Sense.ALL), variance);
      }
      addColumns();
    }
    return new Currents.Product(signal, variance, drive.watts(siemens));
  }

  private void turn(Batch from, Batch to) {
    float[][] rows = new float[ROWS][from.columns()];
    float[] line = new float[ROWS];
    for (int r = 0; r < from.rows(); r += ROWS) {
      int count = Math.min(ROWS, from.rows() - r);
      for (int k = 0; k < count; k++) {
        from.getRow(r + k, rows[k]);
      }
      Batch columns = to.columns(r, r + count);
      for (int j = 0; j < to.rows(); j++) {
        for (int k = 0; k < count; k++) {
          line[k] = rows[k][j];
        }
        columns.setRow(j, line);
      }
    }
  }

  /// All cells of each output's columns together: what its driver has to supply.
  private void addColumns() {
    double[] columns = map.columnSiemens();
    int outputs = siemens.length;
    System.arraycopy(columns, 0, siemens, 0, outputs);
    for (int j = 0; j < outputs && geometry.sensing() == Sensing.DIFFERENTIAL; j++) {
      siemens[j] += columns[outputs + j];
    }
  }

  long bytes() {
    long matrix = signal.rows() * signal.stride() * Float.BYTES;
    return matrix * (variance == null ? 1 : 2) + (long) siemens.length * Double.BYTES;
  }
}
