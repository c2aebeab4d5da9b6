package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.sim.device.Window;

/// One array as it was measured, in place of quirks that a seed would draw. Matrices are rows x columns.
///
/// @param gains of the sense amplifiers, one for each output
/// @param offsetAmps what they show where no current flows, one for each output
/// @param rowBows how each row's driver bends, as a parabola: with `u` the share of full scale that is asked for, it gives
///     `u + bow u (1 - u) + skew u (1 - u) (1 - 2u)`; null where none does
/// @param rowSkews the same, as an S; null where none does
/// @param siemens what each cell conducts when the twin begins
/// @param lowSiemens what each cell conducts at the low end of its window
/// @param highSiemens the same at the high end, above the low one
/// @param setSteps size of each cell's SET step relative to the law's within its own window; null where all are alike
/// @param resetSteps the same of RESET steps; null together with those
/// @param stuck row-major indices of cells that do not answer to pulses, rising
public record TwinArray(
    float[] gains,
    float[] offsetAmps,
    float[] rowBows,
    float[] rowSkews,
    float[][] siemens,
    float[][] lowSiemens,
    float[][] highSiemens,
    float[][] setSteps,
    float[][] resetSteps,
    int[] stuck) {

  /// Throws unless this is an array of that shape whose cells all have a window.
  void check(Geometry geometry) {
    require("gains", gains, geometry.outputs());
    require("offsetAmps", offsetAmps, geometry.outputs());
    requireTogether("rowBows", rowBows, "rowSkews", rowSkews);
    if (rowBows != null) {
      require("rowBows", rowBows, geometry.rows());
      require("rowSkews", rowSkews, geometry.rows());
    }
    require("siemens", siemens, geometry);
    require("lowSiemens", lowSiemens, geometry);
    require("highSiemens", highSiemens, geometry);
    requireTogether("setSteps", setSteps, "resetSteps", resetSteps);
    if (setSteps != null) {
      require("setSteps", setSteps, geometry);
      require("resetSteps", resetSteps, geometry);
    }
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        if (!(highSiemens[r][c] > lowSiemens[r][c])) {
          throw new IllegalArgumentException(
              "the window of row %d, column %d is empty: %g to %g S"
                  .formatted(r, c, lowSiemens[r][c], highSiemens[r][c]));
        }
      }
    }
    requireStuck(geometry);
  }

  private void requireStuck(Geometry geometry) {
    int before = -1;
    for (int cell : stuck) {
      if (cell <= before || cell >= geometry.cells()) {
        throw new IllegalArgumentException(
            "stuck cells must be rising numbers below %d, not %d after %d"
                .formatted(geometry.cells(), cell, before));
      }
      before = cell;
    }
  }

  private static void requireTogether(String one, Object first, String other, Object second) {
    if ((first == null) != (second == null)) {
      throw new IllegalArgumentException(
          "%s and %s are stated together or not at all".formatted(one, other));
    }
  }

  private static void require(String name, float[] values, int length) {
    if (values == null || values.length != length) {
      throw new IllegalArgumentException(
          "%s must be %d numbers, not %s"
              .formatted(name, length, values == null ? "none" : values.length));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("%s must be numbers, not %s".formatted(name, value));
      }
    }
  }

  private static void require(String name, float[][] values, Geometry geometry) {
    if (values == null || values.length != geometry.rows()) {
      throw new IllegalArgumentException(
          "%s must be %d rows, not %s"
              .formatted(name, geometry.rows(), values == null ? "none" : values.length));
    }
    for (float[] row : values) {
      require(name, row, geometry.columns());
    }
  }

  /// Conductance of each cell for each level, relative to the slope of `window`, whose levels the cell's own window spans.
  float[][] cellGains(Window window) {
    float[][] gains = new float[siemens.length][siemens[0].length];
    for (int r = 0; r < gains.length; r++) {
      for (int c = 0; c < gains[r].length; c++) {
        gains[r][c] = (float) ((highSiemens[r][c] - lowSiemens[r][c]) / window.windowSiemens());
      }
    }
    return gains;
  }

  /// The level at which each cell would conduct the least of `window`.
  float[][] origins(Window window) {
    float[][] origins = new float[siemens.length][siemens[0].length];
    for (int r = 0; r < origins.length; r++) {
      for (int c = 0; c < origins[r].length; c++) {
        double below = window.minSiemens() - lowSiemens[r][c];
        origins[r][c] = (float) (window.lowLevel() + below * levelsPerSiemens(window, r, c));
      }
    }
    return origins;
  }

  /// The level of each cell when the twin begins, beyond its window where it conducts more or less than that.
  float[][] levels(Window window) {
    float[][] levels = new float[siemens.length][siemens[0].length];
    for (int r = 0; r < levels.length; r++) {
      for (int c = 0; c < levels[r].length; c++) {
        double above = siemens[r][c] - lowSiemens[r][c];
        levels[r][c] = (float) (window.lowLevel() + above * levelsPerSiemens(window, r, c));
      }
    }
    return levels;
  }

  private double levelsPerSiemens(Window window, int row, int column) {
    return window.levels() / (highSiemens[row][column] - lowSiemens[row][column]);
  }

  /// The columns of a row whose cells are stuck.
  int[] stuckColumns(int row) {
    int columns = siemens[0].length;
    return Arrays.stream(stuck)
        .filter(cell -> cell / columns == row)
        .map(cell -> cell % columns)
        .toArray();
  }
}
