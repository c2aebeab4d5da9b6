package org.mortal.bench.calibrate;

import java.util.Arrays;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.InputBend;

/// Finds how the drive of each row departs from a straight line.
///
/// Each row is driven alone at several voltages. The currents of all outputs together, projected on what they are at the
/// highest voltage, say how strongly the row acts; a parabola and an S are fitted to that. What rows have in common
/// and is odd is how cells bend their current; the rest is converters'. Both are kept only where they are beyond chance.
final class DriveStage {
  /// Steps of the ladder: converters of 4, 8 and 12 bits give fifteenths exactly.
  private static final int[] FIFTEENTHS = {1, 2, 3, 5, 7, 9, 11, 13, 15};

  private static final int FIFTEEN = 15;

  /// A cubic `u³ - u` as a parabola and an S.
  private static final double BOW = -1.5;

  private static final double SKEW = 0.5;

  /// Of the reads of a cell, as many at each voltage.
  private static final double SHARE = 0.125;

  /// So many times the reads where cells bend.
  private static final int BENT = 8;

  private final ArrayReader reader;
  private final ArrayState state;
  private final int reads;
  private final int passes;

  /// @param reads of each cell, all stages together
  DriveStage(ArrayReader reader, ArrayState state, int reads) {
    this.reader = reader;
    this.state = state;
    this.reads = reads;
    this.passes = (int) Math.ceil(SHARE * reads);
  }

  Drives run() {
    Drives drives = fit();
    boolean bent = drives.rows()[0].rise() != 0;
    // What cells bend by is part of every conductance, and wants to be known better.
    return bent ? new DriveStage(reader, state, BENT * reads).fit() : drives;
  }

  private Drives fit() {
    int rows = reader.geometry().rows();
    double[][] profile = currents(1, 2 * passes);
    double[][] acting = new double[FIFTEENTHS.length][];
    for (int k = 0; k < acting.length; k++) {
      acting[k] = project(currents((float) FIFTEENTHS[k] / FIFTEEN, passes), profile);
    }
    RealMatrix basis = basis();
    RealMatrix normal = MatrixUtils.inverse(basis.transpose().multiply(basis));
    RealMatrix solve = normal.multiply(basis.transpose());
    double[][] fits = new double[rows][];
    double rest = 0;
    for (int r = 0; r < rows; r++) {
      double[] seen = new double[acting.length];
      for (int k = 0; k < seen.length; k++) {
        seen[k] = acting[k][r];
      }
      fits[r] = solve.operate(seen);
      double[] fitted = basis.operate(fits[r]);
      for (int k = 0; k < seen.length; k++) {
        rest += Math.pow(seen[k] - fitted[k], 2);
      }
    }
    double variance = rest / (rows * (FIFTEENTHS.length - 3.0));
    double cells = cells(fits, normal, variance);
    // What is left is the rows' own.
    for (double[] fit : fits) {
      fit[1] -= BOW * cells * fit[0];
      fit[2] -= SKEW * cells * fit[0];
    }
    CommonPart bow = part(fits, 1, Math.sqrt(variance * normal.getEntry(1, 1)));
    CommonPart skew = part(fits, 2, Math.sqrt(variance * normal.getEntry(2, 2)));
    return drives(cells, bow, skew);
  }

  /// How much less a usual row acts at low voltage than at the highest, relative to that: cells carry the same current either
  /// way round, so what they bend by is a cubic, whose bow and skew are known multiples of it. 0 where that may be chance.
  private static double cells(double[][] fits, RealMatrix normal, double variance) {
    RealMatrix information = MatrixUtils.inverse(normal.getSubMatrix(1, 2, 1, 2));
    double[] weight = information.operate(new double[] {BOW, SKEW});
    double perUnit = weight[0] * BOW + weight[1] * SKEW;
    double sum = 0;
    double strengths = 0;
    for (double[] fit : fits) {
      sum += fit[0] * (weight[0] * fit[1] + weight[1] * fit[2]) / perUnit;
      strengths += fit[0] * fit[0];
    }
    double error = Math.sqrt(variance / (perUnit * strengths));
    double bend = sum / strengths;
    return Math.abs(bend) > Math.max(CommonPart.WORTH, CommonPart.SIGMAS * error) ? bend : 0;
  }

  private static Drives drives(double cells, CommonPart bow, CommonPart skew) {
    // How steeply a usual row acts at low voltage, against the highest.
    double low = 1 - cells;
    InputBend[] bends = new InputBend[bow.values().length];
    Arrays.setAll(
        bends,
        r ->
            bend(
                1 / low - 1,
                (bow.values()[r] + BOW * cells) / low,
                (skew.values()[r] + SKEW * cells) / low));
    return new Drives(
        bends,
        bow.common() + BOW * cells,
        skew.common() + SKEW * cells,
        bow.spread(),
        skew.spread());
  }

  /// Currents below the first step of a converter without noise seem to bend beyond all that drives and cells do, and tell
  /// nothing of them.
  private static InputBend bend(double rise, double bow, double skew) {
    return InputBend.rises(rise, bow, skew) ? new InputBend(rise, bow, skew) : InputBend.NONE;
  }

  /// @return for each voltage, what a row that acts straight, by a parabola and by an S adds over one that is not driven
  private RealMatrix basis() {
    double[][] basis = new double[FIFTEENTHS.length][];
    double[] idle = shapes(state.idle());
    for (int k = 0; k < basis.length; k++) {
      basis[k] = shapes((double) FIFTEENTHS[k] / FIFTEEN);
      for (int i = 0; i < idle.length; i++) {
        basis[k][i] -= idle[i];
      }
    }
    return MatrixUtils.createRealMatrix(basis);
  }

  private static double[] shapes(double u) {
    return new double[] {u, u * (1 - u), u * (1 - u) * (1 - 2 * u)};
  }

  private static CommonPart part(double[][] fits, int shape, double error) {
    double[] values = new double[fits.length];
    double[] errors = new double[fits.length];
    for (int r = 0; r < fits.length; r++) {
      // A row that conducts next to nothing says nothing.
      double strength = Math.max(fits[r][0], error);
      values[r] = fits[r][shape] / strength;
      errors[r] = Math.max(error / strength, Double.MIN_NORMAL);
    }
    return CommonPart.of(values, errors);
  }

  /// Mean currents of all halves, rows x outputs, where each row alone is driven.
  private double[][] currents(float share, int passes) {
    int outputs = reader.geometry().outputs();
    double[][] currents = new double[reader.geometry().rows()][outputs * reader.halves().size()];
    for (int h = 0; h < reader.halves().size(); h++) {
      Read.Sense half = reader.halves().get(h);
      Code code = new Code(half, currents.length, 1, state.idle(), share);
      CellReads reads = CellReads.of(reader, code, passes);
      double[][] lines = reads.lineAmps(state.outputs().curves(), state.settlingLeft());
      for (int j = 0; j < outputs; j++) {
        double[] mean = new double[code.vectors()];
        for (int n = 0; n < lines.length; n++) {
          mean[n % mean.length] += lines[n][j] / passes;
        }
        double[] decoded = code.decode(mean);
        for (int r = 0; r < decoded.length; r++) {
          currents[r][h * outputs + j] = decoded[r];
        }
      }
    }
    return currents;
  }

  /// How far each row goes along the direction of its profile.
  private static double[] project(double[][] currents, double[][] profile) {
    double[] along = new double[currents.length];
    for (int r = 0; r < along.length; r++) {
      double squares = 0;
      for (int j = 0; j < profile[r].length; j++) {
        along[r] += currents[r][j] * profile[r][j];
        squares += profile[r][j] * profile[r][j];
      }
      along[r] /= Math.sqrt(Math.max(squares, Double.MIN_NORMAL));
    }
    return along;
  }
}
