package org.mortal.bench.twin;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.mortal.chip.Read;

/// The map of cells that explains random vectors best, from where reads cell by cell have put it.
///
/// What is wrong with an output's offset looks in reads of single rows like the same conductance more in each of them, and all
/// of that adds up where all rows are driven. So a map that is to predict such reads is fitted to some: least squares around
/// the map so far, whose errors are independent from cell to cell but for one that a whole column shares.
final class Refinement {
  /// Vectors for each row.
  private static final int VECTORS = 4;

  /// What a whole column may be off, as part of the window.
  private static final double SHARED = 0.1;

  /// Conditions the offset, in parts of full scale.
  private static final double OFFSET = 0.1;

  private final ArrayMeter meter;
  private final float[][] shares;
  private final float[][] first;
  private final float[][] second;

  private Refinement(ArrayMeter meter, RandomGenerator random) {
    this.meter = meter;
    int count = VECTORS * meter.geometry().rows();
    this.shares = meter.random(count, meter.range(random), random);
    // Half of them weaker, down to nothing: offsets are told from conductances.
    for (int n = 0; n < count; n += 2) {
      float weaker = random.nextFloat();
      for (int r = 0; r < shares[n].length; r++) {
        shares[n][r] *= weaker;
      }
    }
    this.first = meter.amps(shares, Read.Sense.ALL);
    this.second = meter.amps(shares, Read.Sense.ALL);
  }

  /// Reads random vectors, corrects the meter's offsets, and returns the conductances of all cells, rows x columns.
  static float[][] of(ArrayMeter meter, CellReads cells, RandomGenerator random) {
    return new Refinement(meter, random).run(cells);
  }

  private float[][] run(CellReads cells) {
    int rows = meter.geometry().rows();
    int outputs = meter.geometry().outputs();
    double[][] seen = seen(cells.siemens());
    RealMatrix inputs = inputs(rows);
    RealMatrix known = new Array2DRowRealMatrix(rows + 1, outputs);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < outputs; j++) {
        known.setEntry(r, j, seen[r][j]);
      }
    }
    RealMatrix rest = measured(outputs).subtract(inputs.multiply(known));
    double variance = readVariance();
    RealMatrix information = inputs.transpose().multiply(inputs).scalarMultiply(1 / variance);
    addPrior(information, (meter.pairs() ? 2 : 1) * cells.meanVariance());
    RealMatrix found =
        new CholeskyDecomposition(information)
            .getSolver()
            .solve(inputs.transpose().multiply(rest).scalarMultiply(1 / variance));
    meter.addOffsets(found.getRow(rows));
    return corrected(cells.siemens(), found);
  }

  /// What each row gives to each output for a volt.
  private double[][] seen(float[][] siemens) {
    int outputs = meter.geometry().outputs();
    double[][] seen = new double[siemens.length][outputs];
    for (int r = 0; r < seen.length; r++) {
      for (int j = 0; j < outputs; j++) {
        seen[r][j] = meter.pairs() ? siemens[r][j] - siemens[r][j + outputs] : siemens[r][j];
      }
    }
    return seen;
  }

  /// Volts, and a last column of ones.
  private RealMatrix inputs(int rows) {
    double[][] inputs = new double[shares.length][rows + 1];
    for (int n = 0; n < inputs.length; n++) {
      for (int r = 0; r < rows; r++) {
        inputs[n][r] = meter.limits().maxReadVolts() * shares[n][r];
      }
      inputs[n][rows] = 1;
    }
    return new Array2DRowRealMatrix(inputs, false);
  }

  private RealMatrix measured(int outputs) {
    RealMatrix measured = new Array2DRowRealMatrix(shares.length, outputs);
    for (int n = 0; n < shares.length; n++) {
      for (int j = 0; j < outputs; j++) {
        measured.setEntry(n, j, (first[n][j] + second[n][j]) / 2.0);
      }
    }
    return measured;
  }

  /// Of the mean of two reads, over all outputs.
  private double readVariance() {
    double sum = 0;
    for (int n = 0; n < first.length; n++) {
      for (int j = 0; j < first[n].length; j++) {
        sum += Math.pow(first[n][j] - second[n][j], 2) / 4;
      }
    }
    double mean = sum / ((double) first.length * first[0].length);
    // Reads without noise tell as much as their converters do.
    return Math.max(mean, 1e-12 * Math.pow(meter.limits().fullScaleAmps(), 2));
  }

  private void addPrior(RealMatrix information, double variance) {
    int rows = meter.geometry().rows();
    double own = Math.max(variance, 1e-12 * Math.pow(meter.limits().windowSiemens(), 2));
    double shared = Math.pow(SHARED * meter.limits().windowSiemens(), 2);
    double together = shared / (own * (own + rows * shared));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < rows; c++) {
        information.addToEntry(r, c, (r == c ? 1 / own : 0) - together);
      }
    }
    information.addToEntry(rows, rows, 1 / Math.pow(OFFSET * meter.limits().fullScaleAmps(), 2));
  }

  private float[][] corrected(float[][] siemens, RealMatrix found) {
    int outputs = meter.geometry().outputs();
    float[][] corrected = new float[siemens.length][];
    for (int r = 0; r < siemens.length; r++) {
      corrected[r] = siemens[r].clone();
      for (int j = 0; j < outputs; j++) {
        double more = found.getEntry(r, j);
        if (meter.pairs()) {
          corrected[r][j] += (float) (more / 2);
          corrected[r][j + outputs] -= (float) (more / 2);
        } else {
          corrected[r][j] += (float) more;
        }
      }
    }
    return corrected;
  }
}
