package org.mortal.bench.calibrate.wires;

import org.mortal.kernel.Workers;

/// What cells conduct has nothing to do with where they are: along rows and along columns, means do not follow the bend that
/// the drop along wires has. Weak where cells differ much, and blind for what all cells meet alike.
final class NoPlacePreferred implements WireEvidence {
  private final CellEstimates cells;
  private final Workers workers;
  private double[][] siemens;

  NoPlacePreferred(CellEstimates cells, Workers workers) {
    this.cells = cells;
    this.workers = workers;
    this.siemens = cells.siemens();
  }

  @Override
  public Residuals at(double[] ohms) {
    if (ohms[0] + ohms[1] + ohms[2] + ohms[3] > 0) {
      LineModel model = LineModel.ohmic(WireFitter.wires(ohms), workers);
      siemens = BehindWires.of(cells.siemens(), siemens, model::map);
    }
    Loads loads = Loads.of(siemens);
    double[] values = new double[2];
    double[][] slopes = new double[2][OHMS];
    double scatter = scatter();
    double[] along = bend(cells.columns());
    double[] down = bend(cells.rows());
    double scale = 1 / scatter;
    for (int r = 0; r < cells.rows(); r++) {
      for (int c = 0; c < cells.columns(); c++) {
        double row = scale * along[c] / Math.sqrt(cells.rows());
        double column = scale * down[cells.rows() - 1 - r] / Math.sqrt(cells.columns());
        values[0] += row * siemens[r][c];
        values[1] += column * siemens[r][c];
        for (int k = 0; k < OHMS; k++) {
          double slope = Math.max(0, siemens[r][c]) * loads.of(k, r, c);
          slopes[0][k] += row * slope;
          slopes[1][k] += column * slope;
        }
      }
    }
    return new Residuals(values, slopes);
  }

  private double scatter() {
    double mean = Matrices.mean(siemens);
    double squares = 0;
    for (double[] row : siemens) {
      for (double one : row) {
        squares += (one - mean) * (one - mean);
      }
    }
    // Cells that are all alike prove nothing about those that are not measured better.
    double least = 1e-3 * mean;
    return Math.sqrt(squares / (cells.rows() * (double) cells.columns()) + least * least);
  }

  /// The shape of the drop along a line whose cells are all alike, without its mean, of length 1.
  private static double[] bend(int cells) {
    double[] bend = new double[cells];
    double mean = 0;
    for (int i = 0; i < cells; i++) {
      bend[i] = i * (cells - 0.5 * (i + 1));
      mean += bend[i] / cells;
    }
    double squares = 0;
    for (int i = 0; i < cells; i++) {
      bend[i] -= mean;
      squares += bend[i] * bend[i];
    }
    for (int i = 0; i < cells; i++) {
      bend[i] /= Math.sqrt(squares);
    }
    return bend;
  }
}
