package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.NonZero;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.effect.Writing;

/// Applies trains of pulses to the levels of one array's cells.
///
/// Where the law's steps depend on nothing, `n` pulses are one step (`TrainPulses`); elsewhere they are made one by one
/// (`SinglePulses`).
final class CellWriter {

  /// What a train has cost: cells written, pulses, joules, and seconds with one row written at a time.
  record Written(long cells, long pulses, double joules, double seconds) {}

  /// How the pulses of one train move levels.
  interface Law {
    Written write(Writing writing);
  }

  /// A thread's list of touched cells, used again for every array: to make one anew costs as much as to fill it.
  private static final ThreadLocal<int[]> TOUCHED =
      ThreadLocal.withInitial(() -> new int[Geometry.MAX_LINES * Geometry.MAX_LINES]);

  private final Geometry geometry;
  private final Normals normals;
  private final CellQuirks quirks;
  private final Law law;
  private final double writeNoise;
  private final long noiseKey;
  private final float[][] level;

  /// What reads see: the levels themselves, or the levels with the noise of the last write upon them.
  private final float[][] shown;

  private long trains;

  CellWriter(ChipProfile profile, CellQuirks quirks, float[][] level, long key, Normals normals) {
    this.geometry = profile.geometry();
    this.normals = normals;
    this.quirks = quirks;
    this.level = level;
    CellModel model = profile.cells();
    this.writeNoise = model.variation().writeNoise() * model.update().setStep();
    this.noiseKey = Philox.key(key, 1);
    this.shown =
        writeNoise > 0 ? Arrays.stream(level).map(float[]::clone).toArray(float[][]::new) : level;
    boolean additive = model.update().additive() && quirks.pulses().alike();
    this.law =
        additive
            ? new TrainPulses(profile, quirks, level, key, normals)
            : new SinglePulses(profile, quirks, level, key, normals);
  }

  /// The levels that reads see.
  float[][] shown() {
    return shown;
  }

  /// Finds the cells that a train concerns. The result is valid until this thread begins another.
  Writing begin(PulseTrain train, long nanos) {
    int[] touched = TOUCHED.get();
    int found = NonZero.find(train.counts(), 0, geometry.cells(), touched, 0);
    return new Writing(train, touched, found, trains, nanos);
  }

  Written write(Writing writing) {
    Written written = law.write(writing);
    trains++;
    if (writeNoise > 0) {
      scatterShown(writing);
    }
    return written;
  }

  private void scatterShown(Writing writing) {
    float[] scatter = new float[Normals.padded(writing.count())];
    long number = writing.number();
    normals.fill(noiseKey, (int) number, (int) (number >>> 32), scatter, writing.count());
    int columns = geometry.columns();
    for (int k = 0; k < writing.count(); k++) {
      int row = writing.cells()[k] / columns;
      int column = writing.cells()[k] % columns;
      shown[row][column] = (float) (level[row][column] + writeNoise * scatter[k]);
    }
    for (int r = 0; r < shown.length; r++) {
      quirks.restoreStuck(r, shown[r]);
    }
  }
}
