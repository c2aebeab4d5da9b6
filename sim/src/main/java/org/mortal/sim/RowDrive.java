package org.mortal.sim;

import org.mortal.kernel.Batch;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Squares;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.Drivers;

/// What the converters of driven lines make of a batch of inputs: work done once for all arrays that share the inputs and the
/// drivers. In a transposed read the lines are columns, and their voltages signed: a converter makes the magnitude, and a line
/// that is given nothing is tied to ground.
///
/// A drive is a work space that is loaded again and again, in blocks of vectors that may be loaded side by side.
final class RowDrive {
  /// Vectors in one load: their intermediate matrices stay in a core's own cache.
  static final int VECTORS = 256;

  /// Vectors in one block.
  static final int BLOCK = 64;

  private final float[] sumSquares = new float[VECTORS];
  private final float[][] lineSquares = new float[VECTORS / BLOCK][];
  private Batch voltSpace = Batch.zeros(0, 1);
  private Batch squareSpace = Batch.zeros(0, 1);
  private Batch volts;
  private Batch squares;
  private Batch inputs;
  private float voltsPerUnit;
  private Dac dac;
  private Drivers drivers;
  private long firstVector;
  private boolean withSquares;
  private boolean signed;

  /// Names what [#load] is to convert: at most [#VECTORS] inputs that have been checked.
  ///
  /// @param drivers of the one array that this drives, or null for drivers without errors
  /// @param firstVector the running number of the first input, which addresses the drivers' noise
  /// @param withSquares whether [#squares] will be asked for
  /// @param signed whether inputs may be negative
  void prepare(
      Batch inputs,
      double voltsPerUnit,
      Dac dac,
      Drivers drivers,
      long firstVector,
      boolean withSquares,
      boolean signed) {
    this.inputs = inputs;
    this.voltsPerUnit = (float) voltsPerUnit;
    this.dac = dac;
    this.drivers = drivers;
    this.firstVector = firstVector;
    this.withSquares = withSquares;
    this.signed = signed;
    voltSpace = fitting(voltSpace);
    volts = voltSpace.rows(0, vectors()).columns(0, lines());
    if (withSquares) {
      squareSpace = fitting(squareSpace);
      squares = squareSpace.rows(0, vectors()).columns(0, lines());
    }
    for (int b = 0; b < blocks(); b++) {
      lineSquares[b] = new float[lines()];
    }
  }

  private Batch fitting(Batch space) {
    boolean fits = space.rows() >= vectors() && space.columns() >= lines();
    return fits
        ? space
        : Batch.zeros(Math.max(vectors(), space.rows()), Math.max(lines(), space.columns()));
  }

  int blocks() {
    return Math.ceilDiv(vectors(), BLOCK);
  }

  /// Converts the inputs of one block.
  void load(int block) {
    int count = lines();
    float[] row = new float[count];
    float[] signs = signed ? new float[count] : null;
    float[] numbers = drivers == null ? null : new float[Normals.padded(count)];
    int end = Math.min(vectors(), (block + 1) * BLOCK);
    for (int n = block * BLOCK; n < end; n++) {
      inputs.getRow(n, row);
      for (int i = 0; i < count; i++) {
        row[i] *= voltsPerUnit;
      }
      if (signed) {
        takeSigns(row, signs);
      }
      if (drivers == null) {
        dac.convert(row, count);
      } else {
        drivers.convert(row, count);
      }
      if (signed) {
        giveSigns(row, signs);
      }
      if (drivers != null) {
        drivers.addNoise(row, count, firstVector + n, numbers);
      }
      dac.couple(row, count);
      volts.setRow(n, row);
      sumSquares[n] = Squares.square(row, lineSquares[block], count);
      if (withSquares) {
        squares.setRow(n, row);
      }
    }
  }

  private static void takeSigns(float[] volts, float[] signs) {
    for (int i = 0; i < volts.length; i++) {
      signs[i] = Math.signum(volts[i]);
      volts[i] = Math.abs(volts[i]);
    }
  }

  private static void giveSigns(float[] volts, float[] signs) {
    for (int i = 0; i < volts.length; i++) {
      volts[i] *= signs[i];
    }
  }

  int vectors() {
    return inputs.rows();
  }

  int lines() {
    return inputs.columns();
  }

  /// Voltages, vectors x lines.
  Batch volts() {
    return volts;
  }

  /// Their squares.
  Batch squares() {
    return squares;
  }

  /// The squares of vector `n`, added up.
  float sumSquares(int n) {
    return sumSquares[n];
  }

  /// The power that cells of `lineSiemens` at each line take from the drivers, added up over the vectors, in watts.
  double watts(double[] lineSiemens) {
    double watts = 0;
    for (int b = 0; b < blocks(); b++) {
      for (int i = 0; i < lines(); i++) {
        watts += lineSquares[b][i] * lineSiemens[i];
      }
    }
    return watts;
  }
}
