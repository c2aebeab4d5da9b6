package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.TransferMatrix;

/// What the cells of an array pass to their columns through its wires.
///
/// The map is exact. It is made once for cells that stay, and brought up to date for those that change.
final class WiredMap {
  private final int rows;
  private final int columns;
  private final Wires wires;
  private final Workers workers;

  /// What the cells conduct, and what the matrix has been told of it.
  private final double[] siemens;

  private final double[] told;
  private double kelvin;
  private TransferMatrix matrix;

  /// The cells that the matrix was last made of, and what was changed since, in order: made and changed again in the same way
  /// it is the same to the last bit.
  private double[] made = new double[0];

  private final List<int[]> changedCells = new ArrayList<>();
  private final List<double[]> changedSiemens = new ArrayList<>();

  WiredMap(int rows, int columns, Wires wires, Workers workers) {
    this.rows = rows;
    this.columns = columns;
    this.wires = wires;
    this.workers = workers;
    this.siemens = new double[rows * columns];
    this.told = new double[rows * columns];
  }

  /// Takes what the cells of a row conduct now.
  void take(int row, float[] rowSiemens) {
    for (int c = 0; c < columns; c++) {
      siemens[row * columns + c] = rowSiemens[c];
    }
  }

  /// Whether wires of that temperature want a new map.
  boolean changesAt(double kelvinNow) {
    return matrix == null || (wires.perKelvin() != 0 && kelvinNow != kelvin);
  }

  /// Makes the map of the cells taken so far.
  void update(double kelvinNow) {
    if (changesAt(kelvinNow)) {
      make(siemens.clone(), kelvinNow);
    } else {
      int[] changed =
          IntStream.range(0, siemens.length).filter(cell -> siemens[cell] != told[cell]).toArray();
      if (changed.length > 0) {
        change(changed, Arrays.stream(changed).mapToDouble(cell -> siemens[cell]).toArray());
      }
    }
    System.arraycopy(siemens, 0, told, 0, told.length);
  }

  private void make(double[] cells, double kelvinNow) {
    made = cells;
    kelvin = kelvinNow;
    matrix = TransferMatrix.of(cells, rows, columns, wires.at(kelvin), workers);
    changedCells.clear();
    changedSiemens.clear();
  }

  private void change(int[] cells, double[] now) {
    int before = matrix.timesMade();
    matrix.update(cells, now);
    if (matrix.timesMade() > before) {
      made = siemens.clone();
      changedCells.clear();
      changedSiemens.clear();
    } else {
      changedCells.add(cells);
      changedSiemens.add(now);
    }
  }

  /// Writes what one volt at `row` drives out of each column.
  void effective(int row, float[] rowSiemens) {
    for (int c = 0; c < columns; c++) {
      rowSiemens[c] = (float) matrix.siemens(row, c);
    }
  }

  long bytes() {
    long own =
        (siemens.length + (long) made.length) * Double.BYTES + (long) told.length * Double.BYTES;
    return own + (matrix == null ? 0 : matrix.bytes());
  }

  void save(DataOutput out) throws IOException {
    out.writeBoolean(matrix != null);
    if (matrix == null) {
      return;
    }
    out.writeDouble(kelvin);
    for (double cell : made) {
      out.writeDouble(cell);
    }
    out.writeInt(changedCells.size());
    for (int u = 0; u < changedCells.size(); u++) {
      out.writeInt(changedCells.get(u).length);
      for (int k = 0; k < changedCells.get(u).length; k++) {
        out.writeInt(changedCells.get(u)[k]);
        out.writeDouble(changedSiemens.get(u)[k]);
      }
    }
  }

  void restore(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return;
    }
    double savedKelvin = in.readDouble();
    for (int cell = 0; cell < siemens.length; cell++) {
      siemens[cell] = in.readDouble();
    }
    make(siemens.clone(), savedKelvin);
    int updates = in.readInt();
    for (int u = 0; u < updates; u++) {
      int[] cells = new int[in.readInt()];
      double[] now = new double[cells.length];
      for (int k = 0; k < cells.length; k++) {
        cells[k] = in.readInt();
        now[k] = in.readDouble();
        siemens[cells[k]] = now[k];
      }
      change(cells, now);
    }
    System.arraycopy(siemens, 0, told, 0, told.length);
  }
}
