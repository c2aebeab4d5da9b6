package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.fitting.PolynomialCurveFitter;
import org.apache.commons.math3.fitting.WeightedObservedPoints;
import org.mortal.sim.device.PolynomialSpread;
import org.mortal.sim.device.Relaxation;

/// What time does to cells after a write, whatever it is, as one relaxation: at each moment a mean and a spread, the spread a
/// polynomial of the conductance that was written.
final class RelaxationFit {
  private static final int BINS = 12;
  private static final int DEGREE = 4;

  /// Standard errors from which a spread is believed.
  private static final double BELIEVED = 4;

  private RelaxationFit() {}

  /// Null where cells stay where they are, as far as reads can tell.
  ///
  /// @param still cells that do not count, rows x columns
  static Relaxation of(WaitTrial trial, boolean[][] still, double fullSiemens) {
    List<Relaxation.Anchor> anchors = new ArrayList<>();
    boolean moves = false;
    for (WaitTrial.Moment moment : trial.moments()) {
      double[][] changes = changes(trial.written(), moment.cells(), still);
      double noise = trial.written().meanVariance() + moment.cells().meanVariance();
      moves |= moves(changes, noise);
      anchors.add(
          new Relaxation.Anchor(
              moment.seconds(), mean(changes), spread(changes, noise, fullSiemens)));
    }
    return moves ? new Relaxation(trial.writtenSeconds(), anchors) : null;
  }

  /// What was written and by how much it changed, of each cell that counts, by what was written.
  private static double[][] changes(CellReads before, CellReads after, boolean[][] still) {
    List<double[]> changes = new ArrayList<>();
    for (int r = 0; r < still.length; r++) {
      for (int c = 0; c < still[r].length; c++) {
        if (!still[r][c]) {
          double written = before.siemens()[r][c];
          changes.add(new double[] {written, after.siemens()[r][c] - written});
        }
      }
    }
    changes.sort(Comparator.comparingDouble(change -> change[0]));
    return changes.toArray(double[][]::new);
  }

  private static boolean moves(double[][] changes, double noise) {
    double square = Arrays.stream(changes).mapToDouble(c -> c[1] * c[1]).average().orElse(0);
    return square > noise * (1 + BELIEVED * Math.sqrt(2.0 / Math.max(1, changes.length)));
  }

  private static double mean(double[][] changes) {
    return Arrays.stream(changes).mapToDouble(change -> change[1]).average().orElse(0);
  }

  private static PolynomialSpread spread(double[][] changes, double noise, double fullSiemens) {
    double mean = mean(changes);
    WeightedObservedPoints points = new WeightedObservedPoints();
    for (int bin = 0; bin < BINS; bin++) {
      int from = bin * changes.length / BINS;
      int to = (bin + 1) * changes.length / BINS;
      double written = 0;
      double square = 0;
      for (int k = from; k < to; k++) {
        written += changes[k][0] / (to - from);
        square += Math.pow(changes[k][1] - mean, 2) / (to - from);
      }
      points.add(written / fullSiemens, Math.sqrt(Math.max(0, square - noise)));
    }
    double[] coefficients = PolynomialCurveFitter.create(DEGREE).fit(points.toList());
    return new PolynomialSpread(Arrays.stream(coefficients).boxed().toList(), fullSiemens);
  }
}
