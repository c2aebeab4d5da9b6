package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Batch;
import org.mortal.sim.circuit.Dac;

/// What the row converters make of a batch of inputs: work done once for all arrays that share the inputs.
///
/// A drive is a work space that is loaded again and again.
final class RowDrive {
  /// Vectors in one load: their intermediate matrices stay in a core's own cache.
  static final int VECTORS = 256;

  private final Batch allVolts = Batch.zeros(VECTORS, Geometry.MAX_LINES);
  private final Batch allSquares = Batch.zeros(VECTORS, Geometry.MAX_LINES);
  private final float[] sumSquares = new float[VECTORS];
  private final double[] lineSquares = new double[Geometry.MAX_LINES];
  private final float[] row = new float[Geometry.MAX_LINES];
  private int vectors;
  private int lines;

  /// Converts at most [#VECTORS] inputs that have been checked.
  ///
  /// @param withSquares whether [#squares] will be asked for
  void load(Batch inputs, double voltsPerUnit, Dac dac, boolean withSquares) {
    vectors = inputs.rows();
    lines = inputs.columns();
    float scale = (float) voltsPerUnit;
    Batch volts = volts();
    Batch squares = squares();
    Arrays.fill(lineSquares, 0);
    for (int n = 0; n < vectors; n++) {
      inputs.getRow(n, row);
      for (int i = 0; i < lines; i++) {
        row[i] *= scale;
      }
      dac.convert(row, lines);
      volts.setRow(n, row);
      for (int i = 0; i < lines; i++) {
        row[i] *= row[i];
        lineSquares[i] += row[i];
      }
      sumSquares[n] = Sums.of(row, lines);
      if (withSquares) {
        squares.setRow(n, row);
      }
    }
  }

  int vectors() {
    return vectors;
  }

  int lines() {
    return lines;
  }

  /// Row voltages, vectors x lines.
  Batch volts() {
    return allVolts.rows(0, vectors).columns(0, lines);
  }

  /// Their squares.
  Batch squares() {
    return allSquares.rows(0, vectors).columns(0, lines);
  }

  /// The squares of vector `n`, added up.
  float sumSquares(int n) {
    return sumSquares[n];
  }

  /// The power that cells of `rowSiemens` in each row take from the drivers, added up over the vectors, in watts.
  double watts(double[] rowSiemens) {
    double watts = 0;
    for (int i = 0; i < lines; i++) {
      watts += lineSquares[i] * rowSiemens[i];
    }
    return watts;
  }
}
