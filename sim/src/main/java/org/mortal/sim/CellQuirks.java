package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Variation.Reference;
import org.mortal.sim.device.Window;

/// What makes each cell of one array differ from its model, drawn once from the chip's seed.
///
/// Quirks that a technology does not have take no memory.
final class CellQuirks {
  private static final ThreadLocal<float[]> ROW =
      ThreadLocal.withInitial(() -> new float[Geometry.MAX_LINES]);

  private final CellModel model;
  private final Window window;
  private final float slope;
  private final Geometry geometry;
  private final Normals normals;

  /// Conductance of each cell for each level, relative to the window's slope.
  private final float[][] gain;

  /// Steps of each cell relative to the law's, and its bounds; null where all cells are alike.
  private final float[][] setStep;

  private final float[][] resetStep;
  private final float[][] low;
  private final float[][] high;

  /// The level of each cell at which it would conduct the least of the window: the same for all, or with its reference's.
  private final float[][] origin;

  /// The columns of each row whose cells do not answer to pulses, and the levels that they keep.
  private final int[][] stuckColumns;

  private final float[][] stuckLevels;

  /// The columns of each row whose cells are open or shorted, and what they conduct.
  private final int[][] brokenColumns;

  private final float[][] brokenSiemens;

  CellQuirks(CellModel model, Geometry geometry, long seed, int array, Normals normals) {
    this.model = model;
    this.window = model.window();
    this.slope = (float) window.slope();
    this.geometry = geometry;
    this.normals = normals;
    Variation variation = model.variation();
    int rows = geometry.rows();
    this.gain = logNormal(Stream.GAIN.key(seed, array), variation.gain());
    boolean stepsVary = variation.step() > 0 || variation.asymmetry() > 0;
    float[][] sizes = stepsVary ? normal(Stream.STEP.key(seed, array)) : null;
    float[][] asymmetries = stepsVary ? normal(Stream.ASYMMETRY.key(seed, array)) : null;
    this.setStep = stepsVary ? steps(sizes, asymmetries, model.update().setStep(), 1) : null;
    this.resetStep = stepsVary ? steps(sizes, asymmetries, model.update().resetStep(), -1) : null;
    boolean boundsVary = variation.low() > 0 || variation.high() > 0;
    this.low =
        boundsVary
            ? bounds(Stream.LOW_BOUND.key(seed, array), window.lowLevel(), variation.low())
            : null;
    this.high =
        boundsVary
            ? bounds(Stream.HIGH_BOUND.key(seed, array), window.highLevel(), variation.high())
            : null;
    if (boundsVary) {
      orderBounds();
    }
    this.origin = origins(Stream.REFERENCE.key(seed, array), variation.reference());
    this.stuckColumns = new int[rows][];
    this.stuckLevels = new float[rows][];
    this.brokenColumns = new int[rows][];
    this.brokenSiemens = new float[rows][];
    Philox stuck = new Philox(Stream.STUCK.key(seed, array));
    Philox broken = new Philox(Stream.BROKEN.key(seed, array));
    for (int r = 0; r < rows; r++) {
      drawStuck(r, stuck);
      drawBroken(r, broken);
    }
  }

  private void drawStuck(int r, Philox random) {
    int[] found = new int[geometry.columns()];
    float[] levels = new float[found.length];
    int number = 0;
    for (int c = 0; c < found.length; c++) {
      if (random.nextDouble() < model.defects().stuck()) {
        levels[number] =
            (float)
                (window.lowLevel()
                    + (random.nextBoolean() ? 0 : random.nextDouble() * window.levels()));
        found[number++] = c;
      }
    }
    stuckColumns[r] = Arrays.copyOf(found, number);
    stuckLevels[r] = Arrays.copyOf(levels, number);
  }

  private void drawBroken(int r, Philox random) {
    double open = model.defects().open();
    double either = open + model.defects().shorted();
    int[] found = new int[geometry.columns()];
    float[] siemens = new float[found.length];
    int number = 0;
    for (int c = 0; c < found.length && either > 0; c++) {
      double draw = random.nextDouble();
      if (draw < either) {
        siemens[number] = draw < open ? 0 : (float) model.defects().shortSiemens();
        found[number++] = c;
      }
    }
    brokenColumns[r] = Arrays.copyOf(found, number);
    brokenSiemens[r] = Arrays.copyOf(siemens, number);
  }

  private float[][] normal(long key) {
    float[][] drawn = new float[geometry.rows()][Normals.padded(geometry.columns())];
    for (int r = 0; r < drawn.length; r++) {
      normals.fill(key, r, 0, drawn[r], geometry.columns());
    }
    return drawn;
  }

  private float[][] logNormal(long key, double spread) {
    float[][] drawn = normal(key);
    double sigma = Math.sqrt(Math.log1p(spread * spread));
    for (float[] row : drawn) {
      for (int c = 0; c < geometry.columns(); c++) {
        row[c] = (float) Math.exp(sigma * row[c] - sigma * sigma / 2);
      }
    }
    return drawn;
  }

  private float[][] steps(float[][] sizes, float[][] asymmetries, double nominal, int sign) {
    Variation variation = model.variation();
    double unit = Math.max(model.update().setStep(), model.update().resetStep()) / nominal;
    float[][] steps = new float[geometry.rows()][geometry.columns()];
    for (int r = 0; r < steps.length; r++) {
      for (int c = 0; c < steps[r].length; c++) {
        double size = variation.step() * sizes[r][c];
        double larger = variation.stepLogNormal() ? Math.expm1(size) : size;
        double skewed = larger + sign * variation.asymmetry() * asymmetries[r][c];
        steps[r][c] = (float) Math.abs(1 + unit * skewed);
      }
    }
    return steps;
  }

  private float[][] bounds(long key, double bound, double spread) {
    float[][] bounds = normal(key);
    for (float[] row : bounds) {
      for (int c = 0; c < geometry.columns(); c++) {
        row[c] = (float) (bound * Math.abs(1 + spread * row[c]));
      }
    }
    return bounds;
  }

  private void orderBounds() {
    for (int r = 0; r < low.length; r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        float least = Math.min(low[r][c], high[r][c]);
        high[r][c] = Math.max(low[r][c], high[r][c]);
        low[r][c] = least;
      }
    }
  }

  private float[][] origins(long key, Reference reference) {
    float first = (float) window.lowLevel();
    float[][] origins = new float[geometry.rows()][];
    if (reference == null) {
      float[] same = new float[geometry.columns()];
      Arrays.fill(same, first);
      Arrays.fill(origins, same);
      return origins;
    }
    float[][] errors = normal(key);
    PulseStep set = model.update().set();
    PulseStep reset = model.update().reset();
    for (int r = 0; r < origins.length; r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        float point = reference.symmetryPoint() ? symmetryPoint(set, reset, r, c) : 0;
        errors[r][c] = first + point + (float) reference.levels() * errors[r][c];
      }
      origins[r] = errors[r];
    }
    return origins;
  }

  /// The level between the cell's bounds at which SET and RESET steps are as large, by halving.
  private float symmetryPoint(PulseStep set, PulseStep reset, int r, int c) {
    float least = low(r, c);
    float most = high(r, c);
    float setStrength = setStep(r, c);
    float resetStrength = resetStep(r, c);
    for (int halving = 0; halving < 24; halving++) {
      float middle = (least + most) / 2;
      float up = set.next(middle, low(r, c), high(r, c), setStrength, 0) - middle;
      float down = middle - reset.next(middle, low(r, c), high(r, c), resetStrength, 0);
      if (up > down) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return (least + most) / 2;
  }

  /// Levels of cells that were never pulsed.
  float[][] firstLevels() {
    float[][] levels = new float[geometry.rows()][geometry.columns()];
    for (int r = 0; r < levels.length; r++) {
      for (int c = 0; c < levels[r].length; c++) {
        levels[r][c] = Math.clamp((float) window.lowLevel(), low(r, c), high(r, c));
      }
      restoreStuck(r, levels[r]);
    }
    return levels;
  }

  /// Puts the levels of stuck cells back.
  void restoreStuck(int row, float[] levels) {
    for (int k = 0; k < stuckColumns[row].length; k++) {
      levels[stuckColumns[row][k]] = stuckLevels[row][k];
    }
  }

  /// What the cells of a row conduct by `levels`, in a work space of this thread.
  float[] siemensOf(int row, float[] levels) {
    float[] siemens = ROW.get();
    conduct(row, levels, siemens);
    return siemens;
  }

  /// What the cells of a row conduct by their levels.
  void conduct(int row, float[] levels, float[] siemens) {
    float[] gains = gain[row];
    float least = (float) window.minSiemens();
    float[] origins = origin[row];
    for (int c = 0; c < levels.length; c++) {
      siemens[c] = Math.max(0f, Math.fma(gains[c], slope * (levels[c] - origins[c]), least));
    }
  }

  /// Open and shorted cells conduct as they must, whatever became of them.
  void breakCells(int row, float[] siemens) {
    for (int k = 0; k < brokenColumns[row].length; k++) {
      siemens[brokenColumns[row][k]] = brokenSiemens[row][k];
    }
  }

  /// The same for one cell, in double precision.
  double siemens(int row, int column, float level) {
    int broken = Arrays.binarySearch(brokenColumns[row], column);
    return broken >= 0
        ? brokenSiemens[row][broken]
        : Math.max(
            0,
            window.minSiemens()
                + gain[row][column] * (slope * (level - origin[row][column])));
  }

  boolean isStuck(int row, int column) {
    return Arrays.binarySearch(stuckColumns[row], column) >= 0
        || Arrays.binarySearch(brokenColumns[row], column) >= 0;
  }

  float gain(int row, int column) {
    return gain[row][column];
  }

  float low(int row, int column) {
    return low == null ? (float) window.lowLevel() : low[row][column];
  }

  float high(int row, int column) {
    return high == null ? (float) window.highLevel() : high[row][column];
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
  boolean pulseAlike() {
    return setStep == null && low == null && high == null;
  }

  long bytes() {
    long bytes = Matrices.bytes(gain) + Matrices.bytes(setStep) + Matrices.bytes(resetStep);
    bytes += Matrices.bytes(low) + Matrices.bytes(high);
    bytes += model.variation().reference() == null ? 0 : Matrices.bytes(origin);
    for (int r = 0; r < stuckColumns.length; r++) {
      long few = stuckColumns[r].length + brokenColumns[r].length;
      bytes += 4L * Matrices.ARRAY_HEADER + few * (Integer.BYTES + Float.BYTES);
    }
    return bytes;
  }
}
