package org.mortal.bench.calibrate.wires;

import org.mortal.kernel.Workers;

/// Rows that float take no current from the columns; rows that are held do, the more the farther columns are lifted by what
/// flows through their wires. So the same drive reads less where the other rows are held.
///
/// Tells of columns; what flows in a driven row depends on neither.
final class FloatingRows implements WireEvidence {
  private static final double STEP_OHMS = 0.1;

  private final CellEstimates cells;
  private final WireTask.FloatingReads reads;
  private final Workers workers;
  private double[][] siemens;
  private double[][] slopes;

  FloatingRows(CellEstimates cells, WireTask.FloatingReads reads, Workers workers) {
    this.cells = cells;
    this.reads = reads;
    this.workers = workers;
    this.siemens = cells.siemens();
  }

  @Override
  public Residuals at(double[] ohms) {
    double[] values = values(ohms);
    if (slopes == null) {
      slopes = new double[values.length][OHMS];
      for (int k = 0; k < OHMS; k++) {
        double[] more = ohms.clone();
        more[k] += STEP_OHMS;
        double[] moved = values(more);
        for (int n = 0; n < values.length; n++) {
          slopes[n][k] = (moved[n] - values[n]) / STEP_OHMS;
        }
      }
    }
    return new Residuals(values, slopes);
  }

  private double[] values(double[] ohms) {
    int columns = cells.columns();
    double[] values = new double[reads.losses().length * columns];
    double[][] losses = losses(ohms);
    for (int n = 0; n < values.length; n++) {
      int vector = n / columns;
      int c = n % columns;
      values[n] = (losses[vector][c] - reads.losses()[vector][c]) / reads.errors()[vector][c];
    }
    return values;
  }

  private double[][] losses(double[] ohms) {
    if (ohms[0] + ohms[1] + ohms[2] + ohms[3] == 0) {
      // Rows at no volts take no current from columns at none.
      double[][] losses = new double[reads.losses().length][cells.columns()];
      for (int n = 0; n < losses.length; n++) {
        for (int r = 0; r < cells.rows(); r++) {
          for (int c = 0; c < losses[n].length && Double.isNaN(reads.floating()[n][r]); c++) {
            losses[n][c] -= reads.held()[n][r] * cells.siemens()[r][c];
          }
        }
      }
      return losses;
    }
    LineModel model = LineModel.ohmic(WireFitter.wires(ohms), workers);
    siemens = BehindWires.of(cells.siemens(), siemens, model::map);
    return Matrices.minus(model.amps(siemens, reads.floating()), model.amps(siemens, reads.held()));
  }
}
