package org.mortal.bench.twin;

import org.mortal.chip.Limits;

/// Where the window of each cell ends, as the trial saw it; rows x columns.
///
/// @param low in siemens
/// @param high in siemens
/// @param frozen cells that hardly move, which have the nominal window
record Windows(float[][] low, float[][] high, boolean[][] frozen) {
  /// Of the nominal window: what moves by less does not answer.
  private static final double LEAST = 0.1;

  /// Deviations of a difference of two points up to which both count as the same end.
  private static final double SAME = 3;

  static Windows of(PulseTrial trial, ArrayMeter meter) {
    int rows = meter.geometry().rows();
    int columns = meter.geometry().columns();
    Windows windows =
        new Windows(new float[rows][columns], new float[rows][columns], new boolean[rows][columns]);
    double variance = trial.points().getFirst().cells().meanVariance();
    double noise = Math.sqrt(2 * variance);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        windows.find(trial, r, c, SAME * noise, meter.limits());
      }
    }
    windows.calmLow(variance / 3);
    return windows;
  }

  /// Draws the low ends to their mean, as far as they differ by no more than reads do.
  ///
  /// @param variance of one of them by reads: the mean of three points at least
  private void calmLow(double variance) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int r = 0; r < low.length; r++) {
      for (int c = 0; c < low[r].length; c++) {
        if (!frozen[r][c]) {
          sum += low[r][c];
          squares += (double) low[r][c] * low[r][c];
          count++;
        }
      }
    }
    double mean = sum / count;
    double seen = squares / count - mean * mean;
    double trust = Math.max(0, seen - variance) / seen;
    for (int r = 0; r < low.length; r++) {
      for (int c = 0; c < low[r].length; c++) {
        if (!frozen[r][c]) {
          low[r][c] = (float) (mean + trust * (low[r][c] - mean));
        }
      }
    }
  }

  /// How wide a cell's window is, in siemens.
  double span(int row, int column) {
    return (double) high[row][column] - low[row][column];
  }

  private void find(PulseTrial trial, int row, int column, double same, Limits limits) {
    int last = trial.points().size() - 1;
    End bottom = End.of(trial, last, row, column, same);
    // The cells of the first point were RESET all the way as well.
    double first = trial.siemens(0, row, column);
    boolean alike = Math.abs(first - bottom.siemens) < same;
    double least = alike ? (first + bottom.siemens) / 2 : Math.min(first, bottom.siemens);
    End top = End.of(trial, trial.top(), row, column, same);
    // Slow cells were still on their way.
    double most = top.flat ? top.siemens : Math.max(top.siemens, limits.maxSiemens());
    frozen[row][column] = top.siemens - least < LEAST * limits.windowSiemens();
    low[row][column] = (float) (frozen[row][column] ? limits.minSiemens() : least);
    high[row][column] = (float) (frozen[row][column] ? limits.maxSiemens() : most);
  }

  /// Where a way of a cell ended.
  ///
  /// @param siemens mean of its last points, as far back as they are alike
  /// @param flat whether these are more than one
  private record End(double siemens, boolean flat) {

    static End of(PulseTrial trial, int last, int row, int column, double same) {
      double sum = trial.siemens(last, row, column);
      int count = 1;
      int direction = Integer.signum(trial.points().get(last).pulses());
      for (int k = last - 1; Integer.signum(trial.points().get(k).pulses()) == direction; k--) {
        double siemens = trial.siemens(k, row, column);
        if (Math.abs(siemens - sum / count) > same) {
          break;
        }
        sum += siemens;
        count++;
      }
      return new End(sum / count, count > 1);
    }
  }
}
