package org.mortal.bench.calibrate.wires;

import java.util.function.UnaryOperator;

/// Finds the cells whose currents, through the wires, make the map that was measured.
final class BehindWires {
  private static final int MOST_STEPS = 12;

  /// What may be left, root mean square, as part of all that the map has.
  private static final double LEFT = 1e-5;

  /// A cell far behind wires answers to a change by this part of it at least.
  private static final double LEAST_SHARE = 0.1;

  private BehindWires() {}

  /// The conductances of cells.
  ///
  /// @param measured what was measured, rows x columns
  /// @param start a first guess, such as `measured`
  /// @param model what a measurement would make of cells
  static double[][] of(double[][] measured, double[][] start, UnaryOperator<double[][]> model) {
    double[][] siemens = Matrices.copy(start);
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[][] seen = model.apply(siemens);
      double left = 0;
      double all = 0;
      for (int r = 0; r < siemens.length; r++) {
        for (int c = 0; c < siemens[r].length; c++) {
          double rest = measured[r][c] - seen[r][c];
          double share = siemens[r][c] > 0 ? seen[r][c] / siemens[r][c] : 1;
          siemens[r][c] += rest / Math.clamp(share, LEAST_SHARE, 1);
          left += rest * rest;
          all += measured[r][c] * measured[r][c];
        }
      }
      // Where noise took a cell below nothing, a little stays.
      if (left <= LEFT * LEFT * all || left >= before) {
        break;
      }
      before = left;
    }
    return siemens;
  }
}
