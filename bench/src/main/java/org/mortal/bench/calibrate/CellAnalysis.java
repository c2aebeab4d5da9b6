package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.characterise.TelegraphFit;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;

/// What coded reads say of each cell.
final class CellAnalysis {
  /// Standard deviations of chance that make a memory.
  private static final double REMEMBERS = 3.7;

  /// A picosiemens squared: what is divided by is never nothing.
  private static final double LEAST_ERROR = 1e-24;

  private final Geometry geometry;
  private final ArrayState state;
  private final List<CellReads> reads;
  private final List<CodedSeries> series;
  private final CellFit fit;

  private CellAnalysis(
      Geometry geometry,
      ArrayState state,
      List<CellReads> reads,
      List<CodedSeries> series,
      CellFit fit) {
    this.geometry = geometry;
    this.state = state;
    this.reads = reads;
    this.series = series;
    this.fit = fit;
  }

  static CellAnalysis of(Geometry geometry, ArrayState state, List<CellReads> reads) {
    CellFit fit = new CellFit(geometry);
    List<CodedSeries> series = new ArrayList<>();
    for (CellReads one : reads) {
      CodedSeries decoded =
          CodedSeries.of(
              one.code(),
              one.lineAmps(state.outputs().curves(), state.settlingLeft()),
              state.outputs().noiseAmps(),
              state.acting(one.code()));
      series.add(decoded);
      fit.add(one, decoded);
    }
    return new CellAnalysis(geometry, state, reads, series, fit);
  }

  /// What each of the reads says.
  List<CodedSeries> series() {
    return series;
  }

  CellFit.Estimates estimates() {
    return fit.estimates();
  }

  /// Conductances of all cells by other line currents than those that were read.
  ///
  /// @param lineAmps for each of the reads, passes x vectors by outputs
  double[][] siemens(List<double[][]> lineAmps) {
    List<double[][]> values = new ArrayList<>();
    for (int k = 0; k < lineAmps.size(); k++) {
      values.add(means(reads.get(k).code(), lineAmps.get(k)));
    }
    return fit.siemens(values);
  }

  private double[][] means(Code code, double[][] lines) {
    double[] acting = state.acting(code);
    int vectors = code.vectors();
    double[][] siemens = new double[code.rows()][lines[0].length];
    for (int j = 0; j < lines[0].length; j++) {
      double[] pass = new double[vectors];
      for (int n = 0; n < lines.length; n++) {
        pass[n % vectors] += lines[n][j] * vectors / lines.length;
      }
      double[] decoded = code.decode(pass);
      for (int r = 0; r < decoded.length; r++) {
        siemens[r][j] = decoded[r] / acting[r];
      }
    }
    return siemens;
  }

  /// The noise of a usual cell from read to read, in siemens.
  double usualNoise() {
    double weights = 0;
    double sum = 0;
    for (int k = 0; k < series.size(); k++) {
      if (alone(k)) {
        for (double[] row : series.get(k).noise()) {
          for (int j = 0; j < row.length; j++) {
            double weight = weight(k, j);
            weights += weight;
            sum += weight * row[j];
          }
        }
      }
    }
    return Math.sqrt(Math.max(0, sum / weights));
  }

  private double weight(int k, int output) {
    return 1 / Math.pow(Math.max(series.get(k).noiseError()[output], LEAST_ERROR), 2);
  }

  /// Whether one cell alone is behind each row and output of these reads.
  private boolean alone(int k) {
    return geometry.sensing() == Sensing.SINGLE || reads.get(k).code().sense() != Read.Sense.ALL;
  }

  /// Standard deviation of each cell from read to read, rows x columns in siemens.
  ///
  /// What one cell scatters is known badly, so it is drawn to what all do, as far as they differ by no more than chance.
  double[][] noise() {
    double usual = Math.pow(usualNoise(), 2);
    double[][] own = new double[geometry.rows()][geometry.columns()];
    double[][] error = new double[geometry.rows()][geometry.columns()];
    double differences = 0;
    double chance = 0;
    for (int r = 0; r < own.length; r++) {
      for (int c = 0; c < own[r].length; c++) {
        ownNoise(r, c, own, error);
        differences += Math.pow(own[r][c] - usual, 2);
        chance += error[r][c];
      }
    }
    double real = Math.max(0, differences - chance) / (own.length * own[0].length);
    for (int r = 0; r < own.length; r++) {
      for (int c = 0; c < own[r].length; c++) {
        double trust = real == 0 ? 0 : real / (real + error[r][c]);
        own[r][c] = Math.sqrt(Math.max(0, usual + trust * (own[r][c] - usual)));
      }
    }
    return own;
  }

  /// The variance of one cell and the variance of that.
  private void ownNoise(int row, int column, double[][] own, double[][] error) {
    int output = column % geometry.outputs();
    double weights = 0;
    double sum = 0;
    for (int k : readsOf(column)) {
      double weight = weight(k, output);
      weights += weight;
      sum += weight * series.get(k).noise()[row][output];
    }
    own[row][column] = sum / weights;
    error[row][column] = 1 / weights;
  }

  private Read.Sense senseOf(int column) {
    if (geometry.sensing() == Sensing.SINGLE) {
      return Read.Sense.ALL;
    }
    return column < geometry.outputs() ? Read.Sense.PLUS : Read.Sense.MINUS;
  }

  /// Cells that jump between two levels, slower than one pass and faster than all of them.
  ///
  /// Whoever remembers from pass to pass what it was is looked at closely; of cells that are only noisy, about one in ten
  /// thousand is, and a model of two levels must then explain it much better than one level.
  boolean[][] telegraph() {
    boolean[][] telegraph = new boolean[geometry.rows()][geometry.columns()];
    for (int c = 0; c < geometry.columns(); c++) {
      for (int r = 0; r < telegraph.length; r++) {
        telegraph[r][c] = memory(r, c) > REMEMBERS && TelegraphFit.of(passes(r, c)).found();
      }
    }
    return telegraph;
  }

  /// How strongly a cell remembers what it was one pass before, in standard deviations of chance.
  private double memory(int row, int column) {
    double sum = 0;
    double passes = 0;
    for (int k : readsOf(column)) {
      sum += reads.get(k).passes() * series.get(k).memory()[row][column % geometry.outputs()];
      passes += reads.get(k).passes();
    }
    return sum / Math.sqrt(passes);
  }

  /// What each pass says of a cell.
  private double[] passes(int row, int column) {
    int output = column % geometry.outputs();
    List<Double> values = new ArrayList<>();
    for (int k : readsOf(column)) {
      Code code = reads.get(k).code();
      double[][] lines = reads.get(k).lineAmps(state.outputs().curves(), state.settlingLeft());
      double volts = state.acting(code)[row];
      for (int p = 0; p < reads.get(k).passes(); p++) {
        double[] pass = new double[code.vectors()];
        for (int n = 0; n < pass.length; n++) {
          pass[n] = lines[p * pass.length + n][output];
        }
        values.add(code.decode(pass)[row] / volts);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Reads in which the cells of a column are alone behind their output.
  private List<Integer> readsOf(int column) {
    List<Integer> alone = new ArrayList<>();
    for (int k = 0; k < reads.size(); k++) {
      if (reads.get(k).code().sense() == senseOf(column)) {
        alone.add(k);
      }
    }
    return alone;
  }
}
