package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;
import org.mortal.sim.effect.CellRows;

/// What differs between the cells of one array in how they answer to pulses: the size of their steps and their bounds.
final class PulseQuirks {
  private final CellModel model;
  private final Geometry geometry;

  /// Steps of each cell relative to the law's, and its bounds; null where all cells are alike.
  private final float[][] setStep;

  private final float[][] resetStep;
  private final float[][] low;
  private final float[][] high;

  PulseQuirks(CellModel model, Geometry geometry, long seed, int array, Normals normals) {
    this.model = model;
    this.geometry = geometry;
    Variation variation = model.variation();
    if (variation.step() > 0 || variation.asymmetry() > 0) {
      float[][] sizes = CellRows.normal(geometry, Stream.STEP.key(seed, array), normals);
      float[][] skews = CellRows.normal(geometry, Stream.ASYMMETRY.key(seed, array), normals);
      this.setStep = steps(sizes, skews, model.update().setStep(), 1);
      this.resetStep = steps(sizes, skews, model.update().resetStep(), -1);
    } else {
      this.setStep = null;
      this.resetStep = null;
    }
    if (variation.low() > 0 || variation.high() > 0) {
      Window window = model.window();
      this.low = CellRows.normal(geometry, Stream.LOW_BOUND.key(seed, array), normals);
      this.high = CellRows.normal(geometry, Stream.HIGH_BOUND.key(seed, array), normals);
      scale(low, window.lowLevel(), variation.low());
      scale(high, window.highLevel(), variation.high());
      order();
    } else {
      this.low = null;
      this.high = null;
    }
  }

  /// What was measured: windows are part of what levels conduct, so that all cells have the same bounds.
  PulseQuirks(CellModel model, Geometry geometry, TwinArray measured) {
    this.model = model;
    this.geometry = geometry;
    this.setStep = measured.setSteps();
    this.resetStep = measured.resetSteps();
    this.low = null;
    this.high = null;
  }

  private float[][] steps(float[][] sizes, float[][] skews, double nominal, int sign) {
    Variation variation = model.variation();
    double unit = Math.max(model.update().setStep(), model.update().resetStep()) / nominal;
    float[][] steps = new float[geometry.rows()][geometry.columns()];
    for (int r = 0; r < steps.length; r++) {
      for (int c = 0; c < steps[r].length; c++) {
        double size = variation.step() * sizes[r][c];
        double larger = variation.stepLogNormal() ? Math.expm1(size) : size;
        double skewed = larger + sign * variation.asymmetry() * skews[r][c];
        steps[r][c] = (float) Math.abs(1 + unit * skewed);
      }
    }
    return steps;
  }

  private static void scale(float[][] bounds, double bound, double spread) {
    for (float[] row : bounds) {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) (bound * Math.abs(1 + spread * row[c]));
      }
    }
  }

  private void order() {
    for (int r = 0; r < low.length; r++) {
      for (int c = 0; c < low[r].length; c++) {
        float least = Math.min(low[r][c], high[r][c]);
        high[r][c] = Math.max(low[r][c], high[r][c]);
        low[r][c] = least;
      }
    }
  }

  /// The level between the cell's bounds at which its SET and RESET steps are as large, by halving.
  float symmetryPoint(int row, int column) {
    PulseStep set = model.update().set();
    PulseStep reset = model.update().reset();
    float bottom = low(row, column);
    float top = high(row, column);
    float least = bottom;
    float most = top;
    for (int halving = 0; halving < 24; halving++) {
      float middle = (least + most) / 2;
      double up = set.next(middle, bottom, top, setStep(row, column), 0) - middle;
      double down = middle - reset.next(middle, bottom, top, resetStep(row, column), 0);
      if (up > down) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return (least + most) / 2;
  }

  float low(int row, int column) {
    return low == null ? (float) model.window().lowLevel() : low[row][column];
  }

  float high(int row, int column) {
    return high == null ? (float) model.window().highLevel() : high[row][column];
  }

  /// The size of a SET step relative to the law's.
  float setStep(int row, int column) {
    return setStep == null ? 1 : setStep[row][column];
  }

  /// The size of a RESET step relative to the law's.
  float resetStep(int row, int column) {
    return resetStep == null ? 1 : resetStep[row][column];
  }

  /// Whether all cells have the same steps and bounds.
  boolean alike() {
    return setStep == null && low == null;
  }

  long bytes() {
    return CellRows.bytes(setStep)
        + CellRows.bytes(resetStep)
        + CellRows.bytes(low)
        + CellRows.bytes(high);
  }
}
