package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.mortal.chip.Gate;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.NonZero;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.network.WriteBias;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Window;
import org.mortal.sim.effect.CellRows;
import org.mortal.sim.effect.Writing;

/// Applies trains of pulses to the levels of one array's cells.
///
/// Where the law's steps depend on nothing, `n` pulses are one step (`TrainPulses`); elsewhere they are made one by one
/// (`SinglePulses`). Where wires or other cells have a say in what a cell sees, the array decides (`BiasedPulses`).
final class CellWriter {

  /// What a train has cost: cells written, pulses, joules, and seconds with one row written at a time.
  record Written(long cells, long pulses, double joules, double seconds) {}

  /// How the pulses of one train move levels.
  interface Law {
    Written write(Writing writing);

    /// Memory that it holds beside the levels.
    default long bytes() {
      return 0;
    }

    /// Writes what it remembers from train to train beside the levels.
    default void save(DataOutput out) throws IOException {}

    /// Reads what [#save] has written.
    default void restore(DataInput in) throws IOException {}
  }

  /// A thread's list of touched cells, used again for every array: to make one anew costs as much as to fill it.
  private static final ThreadLocal<int[]> TOUCHED = ThreadLocal.withInitial(() -> new int[0]);

  private final Geometry geometry;
  private final Normals normals;
  private final CellQuirks quirks;
  private final Law law;

  /// Whether a train may change cells that it is not for.
  private final boolean everywhere;

  private final Gate gate;
  private final Window window;
  private final double writeNoise;
  private final long noiseKey;
  private final float[][] level;

  /// What reads see: the levels themselves, or the levels with the noise of the last write upon them.
  private final float[][] shown;

  private long trains;

  CellWriter(PulsedCells cells) {
    this.geometry = cells.geometry();
    this.normals = cells.normals();
    this.quirks = cells.quirks();
    this.level = cells.level();
    CellModel model = cells.model();
    this.gate = model.gate();
    this.window = model.window();
    Wiring wiring = cells.profile().wiring();
    this.writeNoise = model.variation().writeNoise() * model.update().setStep();
    this.noiseKey = Philox.key(cells.key(), 1);
    this.shown =
        writeNoise > 0 ? Arrays.stream(level).map(float[]::clone).toArray(float[][]::new) : level;
    boolean alone = wiring.perfect() && wiring.write() == WriteBias.ISOLATED;
    boolean additive = model.update().additive() && quirks.pulses().alike();
    if (!alone) {
      this.law = new BiasedPulses(cells);
    } else {
      this.law = additive ? new TrainPulses(cells) : new SinglePulses(cells);
    }
    this.everywhere = wiring.write() != WriteBias.ISOLATED;
  }

  /// Whether a train may change cells that it is not for.
  boolean everywhere() {
    return everywhere;
  }

  /// The levels that reads see.
  float[][] shown() {
    return shown;
  }

  /// Finds the cells that a train concerns. The result is valid until this thread begins another.
  Writing begin(PulseTrain train, long nanos) {
    int[] touched = TOUCHED.get();
    if (touched.length < geometry.cells()) {
      touched = new int[geometry.cells()];
      TOUCHED.set(touched);
    }
    int found = NonZero.find(train.counts(), 0, geometry.cells(), touched, 0);
    return new Writing(train, touched, found, trains, nanos);
  }

  Written write(Writing writing) {
    trains++;
    return writing.train().gateVolts() == 0 ? law.write(writing) : gated(writing);
  }

  /// Writes through transistors that let SET pulses go only so far. Pulses that have come to that end are charged as others are.
  private Written gated(Writing writing) {
    float end = (float) window.level(gate.siemens(writing.train().gateVolts()));
    int columns = geometry.columns();
    float[] before = new float[writing.count()];
    for (int k = 0; k < before.length; k++) {
      int cell = writing.cells()[k];
      before[k] = level[cell / columns][cell % columns];
    }
    Written written = law.write(writing);
    for (int k = 0; k < before.length; k++) {
      int cell = writing.cells()[k];
      if (writing.train().counts()[cell] > 0) {
        float[] row = level[cell / columns];
        row[cell % columns] = Math.min(row[cell % columns], Math.max(before[k], end));
      }
    }
    return written;
  }

  /// Shows reads what became of the cells of a train, after the pulses and all that answers to them.
  void show(Writing writing) {
    if (writeNoise == 0) {
      return;
    }
    float[] drawn = new float[Normals.padded(writing.count())];
    long number = writing.number();
    normals.fill(noiseKey, (int) number, (int) (number >>> 32), drawn, writing.count());
    int columns = geometry.columns();
    for (int k = 0; k < writing.count(); k++) {
      int row = writing.cells()[k] / columns;
      int column = writing.cells()[k] % columns;
      shown[row][column] = (float) (level[row][column] + writeNoise * drawn[k]);
    }
    for (int r = 0; r < shown.length; r++) {
      quirks.restoreStuck(r, shown[r]);
    }
  }

  long bytes() {
    return CellRows.bytes(level) + (shown == level ? 0 : CellRows.bytes(shown)) + law.bytes();
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(trains);
    CellRows.save(level, out);
    if (shown != level) {
      CellRows.save(shown, out);
    }
    law.save(out);
  }

  void restore(DataInput in) throws IOException {
    trains = in.readLong();
    CellRows.restore(level, in);
    if (shown != level) {
      CellRows.restore(shown, in);
    }
    law.restore(in);
  }
}
