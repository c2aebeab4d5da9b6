package org.mortal.bench.calibrate.wires;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.mortal.chip.calibrated.Compensation;

/// Makes the [Compensation] that brings what an array does to what its cells mean: factors of rows and outputs first, which take
/// nearly all of it, then as few products as will do. Without the factors nearly all products are needed, since what is missing
/// is as random as the cells.
final class Compensator {
  private static final int ROUNDS = 20;

  /// Factors of outputs multiply their noise too. Where wires take more than this, products alone give it back, as many as there
  /// need to be.
  private static final double MOST_FACTOR = 1.15;

  private final double[][] wanted;
  private final double[][] done;
  private final int outputs;
  private final double highVolts;
  private double left;

  /// @param wanted conductances of cells, rows x columns
  /// @param done what the array makes of volts, rows x columns
  /// @param outputs as many as columns, or half of them where columns are sensed in pairs
  /// @param highVolts row voltages lie evenly between 0 and this
  Compensator(double[][] wanted, double[][] done, int outputs, double highVolts) {
    this.wanted = wanted;
    this.done = done;
    this.outputs = outputs;
    this.highVolts = highVolts;
  }

  /// What the last compensation leaves, by the model, root mean square in amperes.
  double left() {
    return left;
  }

  /// What leaves at most `restAmps`, root mean square, of what wires take away.
  Compensation compensate(double restAmps) {
    left = rest(Matrices.minus(wanted, done));
    if (left <= restAmps) {
      return Compensation.NONE;
    }
    double[] rows = new double[wanted.length];
    double[] scales = new double[outputs];
    factors(rows, scales);
    if (rootMeanSquare(scales) > MOST_FACTOR) {
      return products(Matrices.minus(wanted, done), restAmps);
    }
    double[][] missing = Matrices.copy(wanted);
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < missing[r].length; c++) {
        missing[r][c] -= rows[r] * done[r][c] * scales[c % outputs];
      }
    }
    Compensation products = products(missing, restAmps);
    return new Compensation(floats(rows), floats(scales), products.in(), products.out());
  }

  /// Factors by which rows and outputs come nearest, the largest of the rows being 1.
  private void factors(double[] rows, double[] scales) {
    Arrays.fill(rows, 1);
    for (int round = 0; round < ROUNDS; round++) {
      double[] products = new double[outputs];
      double[] squares = new double[outputs];
      for (int r = 0; r < rows.length; r++) {
        for (int c = 0; c < done[r].length; c++) {
          double now = rows[r] * done[r][c];
          products[c % outputs] += now * wanted[r][c];
          squares[c % outputs] += now * now;
        }
      }
      Arrays.setAll(scales, j -> squares[j] == 0 ? 1 : products[j] / squares[j]);
      for (int r = 0; r < rows.length; r++) {
        double product = 0;
        double square = 0;
        for (int c = 0; c < done[r].length; c++) {
          double now = done[r][c] * scales[c % outputs];
          product += now * wanted[r][c];
          square += now * now;
        }
        rows[r] = square == 0 ? 1 : product / square;
      }
    }
    double most = Arrays.stream(rows).max().orElseThrow();
    Arrays.setAll(rows, r -> rows[r] / most);
    Arrays.setAll(scales, j -> scales[j] * most);
  }

  /// As few products as leave little enough, in the order in which vectors feel them.
  private Compensation products(double[][] missing, double restAmps) {
    RealMatrix metric = new CholeskyDecomposition(moments()).getLT();
    SingularValueDecomposition parts =
        new SingularValueDecomposition(metric.multiply(new Array2DRowRealMatrix(missing)));
    RealMatrix in =
        new LUDecomposition(metric).getSolver().solve(parts.getU().multiply(parts.getS()));
    RealMatrix more = new Array2DRowRealMatrix(missing);
    int rank = 0;
    left = rest(missing);
    while (left > restAmps && rank < parts.getSingularValues().length) {
      more = more.subtract(in.getColumnMatrix(rank).multiply(parts.getVT().getRowMatrix(rank)));
      left = rest(more.getData());
      rank++;
    }
    float[][] first = new float[rank == 0 ? 0 : missing.length][rank];
    float[][] second = new float[rank][missing[0].length];
    for (int k = 0; k < rank; k++) {
      for (int r = 0; r < missing.length; r++) {
        first[r][k] = (float) in.getEntry(r, k);
      }
      for (int c = 0; c < missing[0].length; c++) {
        second[k][c] = (float) parts.getVT().getEntry(k, c);
      }
    }
    return new Compensation(first, second);
  }

  /// Second moments of random vectors.
  private RealMatrix moments() {
    double square = highVolts * highVolts;
    RealMatrix moments =
        MatrixUtils.createRealIdentityMatrix(wanted.length).scalarMultiply(square / 12);
    return moments.scalarAdd(square / 4);
  }

  /// What a map makes of random vectors at the outputs, root mean square in amperes.
  private double rest(double[][] map) {
    double squares = 0;
    for (int j = 0; j < outputs; j++) {
      double sum = 0;
      for (double[] row : map) {
        double one = row.length > outputs ? row[j] - row[j + outputs] : row[j];
        squares += one * one / 12;
        sum += one;
      }
      squares += sum * sum / 4;
    }
    return highVolts * Math.sqrt(squares / outputs);
  }

  private static double rootMeanSquare(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElseThrow());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
