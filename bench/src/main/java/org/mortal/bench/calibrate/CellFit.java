package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;

/// Puts several coded reads of the same cells together: by least squares, each weighed by what it scatters.
///
/// Where pairs are sensed, three kinds of reads see two cells: each alone, and their difference, which codes tell much better.
/// Weights are common to an output, so that the estimates are linear in the currents.
final class CellFit {
  /// A picosiemens squared: what is divided by is never nothing.
  private static final double LEAST_VARIANCE = 1e-24;

  private final Geometry geometry;
  private final List<Read.Sense> senses = new ArrayList<>();
  private final List<CodedSeries> series = new ArrayList<>();
  private final List<Integer> passes = new ArrayList<>();

  CellFit(Geometry geometry) {
    this.geometry = geometry;
  }

  void add(CellReads reads, CodedSeries one) {
    senses.add(reads.code().sense());
    series.add(one);
    passes.add(reads.passes());
  }

  /// Conductances with their standard errors, rows x columns.
  record Estimates(double[][] siemens, double[][] errors) {}

  Estimates estimates() {
    List<double[][]> values = series.stream().map(CodedSeries::siemens).toList();
    double[][] errors = new double[geometry.rows()][geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int j = 0; j < geometry.outputs(); j++) {
        error(r, j, errors[r]);
      }
    }
    return new Estimates(siemens(values), errors);
  }

  /// Conductances, rows x columns.
  ///
  /// @param values for each of the reads, rows x outputs
  double[][] siemens(List<double[][]> values) {
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    int outputs = geometry.outputs();
    for (int j = 0; j < outputs; j++) {
      Pooled all = new Pooled(Read.Sense.ALL, j);
      Pooled plus = new Pooled(Read.Sense.PLUS, j);
      Pooled minus = new Pooled(Read.Sense.MINUS, j);
      double sum = all.variance + plus.variance + minus.variance;
      for (int r = 0; r < siemens.length; r++) {
        double difference = all.mean(values, r);
        if (!pairs) {
          siemens[r][j] = difference;
          continue;
        }
        double up = plus.mean(values, r);
        double down = -minus.mean(values, r);
        // Without reads of differences their variance is infinite, and nothing is added.
        double rest = all.weights == 0 ? 0 : difference - up + down;
        siemens[r][j] = up + share(plus.variance, sum) * rest;
        siemens[r][j + outputs] = down - share(minus.variance, sum) * rest;
      }
    }
    return siemens;
  }

  private static double share(double variance, double sum) {
    return Double.isInfinite(sum) ? 0 : variance / sum;
  }

  private void error(int row, int output, double[] errors) {
    Pooled all = new Pooled(Read.Sense.ALL, output);
    if (geometry.sensing() == Sensing.SINGLE) {
      errors[output] = Math.sqrt(all.ownVariance(row));
      return;
    }
    Pooled plus = new Pooled(Read.Sense.PLUS, output);
    Pooled minus = new Pooled(Read.Sense.MINUS, output);
    double sum = all.variance + plus.variance + minus.variance;
    double both = all.weights == 0 ? 0 : all.ownVariance(row);
    double up = share(plus.variance, sum);
    double down = share(minus.variance, sum);
    double plusOwn = plus.ownVariance(row);
    double minusOwn = minus.ownVariance(row);
    errors[output] = Math.sqrt((1 - up) * (1 - up) * plusOwn + up * up * (both + minusOwn));
    errors[output + geometry.outputs()] =
        Math.sqrt((1 - down) * (1 - down) * minusOwn + down * down * (both + plusOwn));
  }

  /// All reads of one way of sensing at one output.
  private final class Pooled {
    /// How many reads a cell's own scatter must have before it counts as much as that of all cells of the output.
    private static final double PRIOR = 20;

    private final Read.Sense sense;
    private final int output;
    private final double[] weight = new double[series.size()];
    private final double[] common = new double[series.size()];
    private double weights;
    private final double variance;

    Pooled(Read.Sense sense, int output) {
      this.sense = sense;
      this.output = output;
      for (int k = 0; k < weight.length; k++) {
        common[k] = common(k);
        weight[k] = senses.get(k) == sense ? passes.get(k) / common[k] : 0;
        weights += weight[k];
      }
      this.variance = 1 / weights;
    }

    private double common(int k) {
      double sum = 0;
      double[][] spread = series.get(k).variance();
      for (double[] row : spread) {
        sum += row[output] / spread.length;
      }
      return Math.max(sum, LEAST_VARIANCE);
    }

    double mean(List<double[][]> values, int row) {
      double sum = 0;
      for (int k = 0; k < weight.length; k++) {
        if (weight[k] > 0) {
          sum += weight[k] * values.get(k)[row][output];
        }
      }
      return weights == 0 ? 0 : sum / weights;
    }

    /// Of the mean, by how much the cell itself scattered.
    double ownVariance(int row) {
      double sum = 0;
      for (int k = 0; k < weight.length; k++) {
        double own = series.get(k).variance()[row][output];
        int count = passes.get(k);
        double mixed = (own * (count - 1) + common[k] * PRIOR) / (count - 1 + PRIOR);
        sum += weight[k] * weight[k] * mixed / count;
      }
      return sum / (weights * weights);
    }
  }
}
