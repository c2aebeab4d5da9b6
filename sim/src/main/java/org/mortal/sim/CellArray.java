package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.effect.CellEffects;
import org.mortal.sim.effect.Traps;
import org.mortal.sim.effect.Writing;

/// The cells of one array: what they are, what pulses and time have made of them, and what they conduct.
final class CellArray {
  private final int columns;
  private final CellModel model;
  private final CellQuirks quirks;
  private final CellWriter writer;
  private final CellEffects effects;

  /// Row by row, so that loops over a row have one index for all arrays and can become vector instructions.
  private final float[][] level;

  CellArray(ChipProfile profile, long seed, int array, Normals normals, CellEffects effects) {
    this.columns = profile.geometry().columns();
    this.model = profile.cells();
    this.effects = effects;
    this.quirks =
        new CellQuirks(model, profile.geometry(), seed, array, normals, profile.measured(array));
    this.level = quirks.firstLevels();
    long key = Stream.WRITE.key(seed, array);
    this.writer = new CellWriter(new PulsedCells(profile, quirks, level, key, normals));
  }

  /// The conductance of a cell at `nanos`, read without noise, but with what its trap holds.
  double siemens(int row, int column, long nanos) {
    if (effects.isEmpty()) {
      return quirks.siemens(row, column, writer.shown()[row][column]);
    }
    float[] siemens = new float[Normals.padded(columns)];
    conduct(row, nanos, siemens);
    if (traps() != null) {
      traps().conduct(row, nanos, siemens);
    }
    return siemens[column];
  }

  float gain(int row, int column) {
    return quirks.gain(row, column);
  }

  boolean isStuck(int row, int column) {
    return quirks.isStuck(row, column) || effects.stuck(row, column);
  }

  /// Whether conductances change though nobody writes.
  boolean changesWithTime() {
    return !effects.isEmpty();
  }

  /// When they will have changed enough to be asked for again, by all but [#traps].
  long nextChange(long nanos) {
    return effects.nextChange(nanos);
  }

  /// The traps of the cells, or null if there are none.
  Traps traps() {
    return effects.traps().orElse(null);
  }

  /// What the cells of a row conduct at `nanos` while no trap holds a charge.
  void conduct(int row, long nanos, float[] siemens) {
    float[] written = writer.shown()[row];
    quirks.conduct(row, effects.levels(row, nanos, written), siemens);
    effects.conduct(row, nanos, written, siemens);
    quirks.breakCells(row, siemens);
  }

  /// Whether read noise differs from cell to cell.
  boolean noiseVaries() {
    return model.noiseVaries();
  }

  /// The part of the read noise that differs from cell to cell: the variance of each cell of a row.
  ///
  /// @param siemens what the cells conduct
  void variance(int row, long nanos, float[] siemens, float[] variance) {
    float relative = (float) (model.readNoise().relative() * model.readNoise().relative());
    for (int c = 0; c < columns; c++) {
      variance[c] = relative * siemens[c] * siemens[c];
    }
    effects.addVariance(row, nanos, writer.shown()[row], siemens, variance);
  }

  /// Applies a train that has been checked.
  ///
  /// @param nanos the chip's clock when the train begins
  CellWriter.Written apply(PulseTrain train, long nanos, ArrayMap map) {
    Writing writing = writer.begin(train, nanos);
    effects.settle(writing, level);
    CellWriter.Written written = writer.write(writing);
    effects.written(writing, level);
    writer.show(writing);
    for (int k = 0; k < writing.count(); k++) {
      map.touch(writing.cells()[k] / columns);
    }
    for (int r = 0; writer.everywhere() && r < level.length; r++) {
      map.touch(r);
    }
    return written;
  }

  long bytes() {
    return quirks.bytes() + writer.bytes();
  }

  /// Writes what is not drawn from the seed.
  void save(DataOutput out) throws IOException {
    writer.save(out);
    effects.save(out);
  }

  void restore(DataInput in) throws IOException {
    writer.restore(in);
    effects.restore(in);
  }
}
