package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;

/// What coded reads say of each cell.
///
/// @param fit puts the reads together
/// @param series of each of them
final class CellAnalysis {
  private final Geometry geometry;
  private final ArrayState state;
  private final List<CellReads> reads;
  private final List<CodedSeries> series;
  private final CellFit fit;

  private CellAnalysis(
      Geometry geometry, ArrayState state, List<CellReads> reads, List<CodedSeries> series, CellFit fit) {
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
            double weight = 1 / Math.pow(Math.max(series.get(k).noiseError()[j], 1e-24), 2);
            weights += weight;
            sum += weight * row[j];
          }
        }
      }
    }
    return Math.sqrt(Math.max(0, sum / weights));
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
    Read.Sense sense = senseOf(column);
    double weights = 0;
    double sum = 0;
    for (int k = 0; k < series.size(); k++) {
      if (reads.get(k).code().sense() == sense) {
        double weight = 1 / Math.pow(Math.max(series.get(k).noiseError()[output], 1e-24), 2);
        weights += weight;
        sum += weight * series.get(k).noise()[row][output];
      }
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

  /// How strongly each cell remembers what it was one pass before, in standard deviations of chance; rows x columns.
  double[][] memory() {
    double[][] memory = new double[geometry.rows()][geometry.columns()];
    for (int c = 0; c < geometry.columns(); c++) {
      Read.Sense sense = senseOf(c);
      double passes = 0;
      for (int k = 0; k < series.size(); k++) {
        if (reads.get(k).code().sense() == sense) {
          passes += reads.get(k).passes();
          for (int r = 0; r < memory.length; r++) {
            memory[r][c] += reads.get(k).passes() * series.get(k).memory()[r][c % geometry.outputs()];
          }
        }
      }
      for (double[] row : memory) {
        row[c] /= Math.sqrt(passes);
      }
    }
    return memory;
  }
}
