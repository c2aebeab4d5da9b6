package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Variation.Reference;
import org.mortal.sim.device.Window;
import org.mortal.sim.effect.CellRows;

/// What makes each cell of one array differ from its model: drawn once from the chip's seed, or measured.
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

  private final PulseQuirks pulses;

  /// The level of each cell at which it would conduct the least of the window: the same for all, or with its reference's.
  private final float[][] origin;

  /// The columns of each row whose cells do not answer to pulses, and the levels that they keep.
  private final int[][] stuckColumns;

  private final float[][] stuckLevels;

  /// The columns of each row whose cells are open or shorted, and what they conduct.
  private final int[][] brokenColumns;

  private final float[][] brokenSiemens;

  /// Null where quirks are drawn.
  private final TwinArray measured;

  /// @param measured what the cells are in place of what a seed would draw; null to draw
  CellQuirks(
      CellModel model,
      Geometry geometry,
      long seed,
      int array,
      Normals normals,
      TwinArray measured) {
    this.model = model;
    this.window = model.window();
    this.slope = (float) window.slope();
    this.geometry = geometry;
    this.normals = normals;
    this.measured = measured;
    int rows = geometry.rows();
    this.stuckColumns = new int[rows][];
    this.stuckLevels = new float[rows][];
    this.brokenColumns = new int[rows][];
    this.brokenSiemens = new float[rows][];
    if (measured == null) {
      Variation variation = model.variation();
      this.gain = logNormal(Stream.GAIN.key(seed, array), variation.gain());
      this.pulses = new PulseQuirks(model, geometry, seed, array, normals);
      this.origin = origins(Stream.REFERENCE.key(seed, array), variation.reference());
      drawDefects(seed, array);
    } else {
      this.gain = measured.cellGains(window);
      this.pulses = new PulseQuirks(model, geometry, measured);
      this.origin = measured.origins(window);
      takeDefects();
    }
  }

  private void drawDefects(long seed, int array) {
    Philox stuck = new Philox(Stream.STUCK.key(seed, array));
    Philox broken = new Philox(Stream.BROKEN.key(seed, array));
    for (int r = 0; r < geometry.rows(); r++) {
      drawStuck(r, stuck);
      drawBroken(r, broken);
    }
  }

  /// A cell that is open or shorted is stuck at what it conducts.
  private void takeDefects() {
    float[][] levels = measured.levels(window);
    for (int r = 0; r < geometry.rows(); r++) {
      stuckColumns[r] = measured.stuckColumns(r);
      stuckLevels[r] = new float[stuckColumns[r].length];
      for (int k = 0; k < stuckLevels[r].length; k++) {
        stuckLevels[r][k] = levels[r][stuckColumns[r][k]];
      }
      brokenColumns[r] = new int[0];
      brokenSiemens[r] = new float[0];
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

  private float[][] logNormal(long key, double spread) {
    float[][] drawn = CellRows.normal(geometry, key, normals);
    double sigma = Math.sqrt(Math.log1p(spread * spread));
    for (float[] row : drawn) {
      for (int c = 0; c < geometry.columns(); c++) {
        row[c] = (float) Math.exp(sigma * row[c] - sigma * sigma / 2);
      }
    }
    return drawn;
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
    float[][] errors = CellRows.normal(geometry, key, normals);
    for (int r = 0; r < origins.length; r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        float point = reference.symmetryPoint() ? pulses.symmetryPoint(r, c) : 0;
        errors[r][c] = first + point + (float) reference.levels() * errors[r][c];
      }
      origins[r] = errors[r];
    }
    return origins;
  }

  /// Levels of cells that were never pulsed.
  float[][] firstLevels() {
    if (measured != null) {
      return measured.levels(window);
    }
    float[][] levels = new float[geometry.rows()][geometry.columns()];
    for (int r = 0; r < levels.length; r++) {
      for (int c = 0; c < levels[r].length; c++) {
        levels[r][c] = Math.clamp((float) window.lowLevel(), pulses.low(r, c), pulses.high(r, c));
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
            0, window.minSiemens() + gain[row][column] * (slope * (level - origin[row][column])));
  }

  /// What one cell conducts by `level`, broken or not, as [#conduct] has it.
  float intact(int row, int column, float level) {
    return Math.max(
        0f,
        Math.fma(
            gain[row][column], slope * (level - origin[row][column]), (float) window.minSiemens()));
  }

  boolean isStuck(int row, int column) {
    return Arrays.binarySearch(stuckColumns[row], column) >= 0
        || Arrays.binarySearch(brokenColumns[row], column) >= 0;
  }

  float gain(int row, int column) {
    return gain[row][column];
  }

  /// What differs between cells in how they answer to pulses.
  PulseQuirks pulses() {
    return pulses;
  }

  long bytes() {
    long bytes = CellRows.bytes(gain) + pulses.bytes();
    bytes += model.variation().reference() == null && measured == null ? 0 : CellRows.bytes(origin);
    for (int r = 0; r < stuckColumns.length; r++) {
      long few = stuckColumns[r].length + brokenColumns[r].length;
      bytes += 4L * CellRows.HEADER_BYTES + few * (Integer.BYTES + Float.BYTES);
    }
    return bytes;
  }
}
