package org.mortal.bench.calibrate.wires;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;

/// Cells that nobody pulsed while others were: what their readings changed by is due to wires, for behind them they are the
/// same. Something that all of them saw in proportion to the pulses on their lines is allowed for.
final class UntouchedCells implements WireEvidence {
  /// Standard errors from where on a disturbance is believed.
  private static final double SIGMAS = 4;

  /// Of a usual cell: single precision and converters leave no map better known, however little it scatters.
  private static final double ROUNDING = 1e-4;

  /// Keeps apart what nothing tells apart.
  private static final double LOOSE = 1e-9;

  private final CellEstimates before;
  private final CellEstimates after;
  private final boolean[][] touched;
  private final Workers workers;
  private final int count;
  private double[][] first;
  private double[][] second;

  /// @param touched cells that were pulsed in between
  UntouchedCells(CellEstimates before, CellEstimates after, boolean[][] touched, Workers workers) {
    this.before = before;
    this.after = after;
    this.touched = touched;
    this.workers = workers;
    this.first = before.siemens();
    this.second = after.siemens();
    int untouched = 0;
    for (boolean[] row : touched) {
      for (boolean one : row) {
        untouched += one ? 0 : 1;
      }
    }
    this.count = untouched;
  }

  @Override
  public Residuals at(double[] ohms) {
    Wires wires = WireFitter.wires(ohms);
    if (ohms[0] + ohms[1] + ohms[2] + ohms[3] > 0) {
      LineModel model = LineModel.ohmic(wires, workers);
      first = BehindWires.of(before.siemens(), first, model::map);
      second = BehindWires.of(after.siemens(), second, model::map);
    }
    Loads light = Loads.of(first);
    Loads heavy = Loads.of(second);
    double[] disturbance = new double[count];
    double[] values = new double[count];
    double[][] slopes = new double[OHMS][count];
    int[] onRow = new int[touched.length];
    int[] onColumn = new int[touched[0].length];
    countTouched(onRow, onColumn);
    double least = ROUNDING * Math.abs(Matrices.mean(first));
    int n = 0;
    for (int r = 0; r < touched.length; r++) {
      for (int c = 0; c < touched[r].length; c++) {
        if (!touched[r][c]) {
          double error = Math.max(least, Math.hypot(before.errors()[r][c], after.errors()[r][c]));
          values[n] = (second[r][c] - first[r][c]) / error;
          disturbance[n] = (onRow[r] + onColumn[c]) / error;
          // The mean of both: noise of either alone would be in the slope as well as in the
          // difference.
          double mean = Math.max(0, (first[r][c] + second[r][c]) / 2);
          for (int k = 0; k < OHMS; k++) {
            slopes[k][n] = mean * (heavy.of(k, r, c) - light.of(k, r, c)) / error;
          }
          n++;
        }
      }
    }
    if (disturbed(disturbance, values, slopes)) {
      takeOut(disturbance, values);
      for (double[] slope : slopes) {
        takeOut(disturbance, slope);
      }
    }
    return new Residuals(values, turned(slopes));
  }

  private void countTouched(int[] onRow, int[] onColumn) {
    for (int r = 0; r < onRow.length; r++) {
      for (int c = 0; c < onColumn.length; c++) {
        onRow[r] += touched[r][c] ? 1 : 0;
        onColumn[c] += touched[r][c] ? 1 : 0;
      }
    }
  }

  /// Whether values follow the disturbance beyond chance, as far as wires do not explain it.
  private static boolean disturbed(double[] disturbance, double[] values, double[][] slopes) {
    double[][] directions = new double[OHMS + 1][];
    directions[0] = disturbance;
    System.arraycopy(slopes, 0, directions, 1, OHMS);
    RealMatrix design = new Array2DRowRealMatrix(directions, false);
    RealMatrix squares = design.multiply(design.transpose());
    for (int k = 0; k <= OHMS; k++) {
      squares.multiplyEntry(k, k, 1 + LOOSE);
      squares.addToEntry(k, k, Double.MIN_NORMAL);
    }
    RealMatrix covariance = MatrixUtils.inverse(squares);
    double found = covariance.operate(design.operate(values))[0];
    return Math.abs(found) > SIGMAS * Math.sqrt(covariance.getEntry(0, 0));
  }

  /// Takes out of `values` what they have of `direction`.
  private static void takeOut(double[] direction, double[] values) {
    double product = 0;
    double square = 0;
    for (int n = 0; n < values.length; n++) {
      product += direction[n] * values[n];
      square += direction[n] * direction[n];
    }
    double share = square == 0 ? 0 : product / square;
    for (int n = 0; n < values.length; n++) {
      values[n] -= share * direction[n];
    }
  }

  private static double[][] turned(double[][] slopes) {
    double[][] turned = new double[slopes[0].length][slopes.length];
    for (int n = 0; n < turned.length; n++) {
      for (int k = 0; k < slopes.length; k++) {
        turned[n][k] = slopes[k][n];
      }
    }
    return turned;
  }
}
