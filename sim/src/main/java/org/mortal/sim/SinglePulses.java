package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.effect.Writing;

/// Pulses made one by one, each from where the one before it left the cell: for laws whose steps depend on the level, and the
/// plain twin of [TrainPulses].
final class SinglePulses implements CellWriter.Law {
  private final CellModel model;
  private final WriteMode nominal;
  private final int rows;
  private final int columns;
  private final CellQuirks quirks;
  private final float[][] level;
  private final long key;
  private final Normals normals;
  private final PulseStep setPulse;
  private final PulseStep resetPulse;

  SinglePulses(ChipProfile profile, CellQuirks quirks, float[][] level, long key, Normals normals) {
    this.model = profile.cells();
    this.nominal = profile.write();
    this.rows = profile.geometry().rows();
    this.columns = profile.geometry().columns();
    this.quirks = quirks;
    this.level = level;
    this.key = key;
    this.normals = normals;
    this.setPulse = model.update().set();
    this.resetPulse = model.update().reset();
  }

  @Override
  public CellWriter.Written write(Writing writing) {
    PulseTrain train = writing.train();
    UpdateLaw law = model.update();
    float setStrength =
        (float)
            law.strength(true, train.setVolts(), train.seconds(), model.switching(), nominal);
    float resetStrength =
        (float)
            law.strength(false, train.resetVolts(), train.seconds(), model.switching(), nominal);
    // The cells that have not had all of their pulses yet; those done fall out round by round.
    int[] waiting = Arrays.copyOf(writing.cells(), writing.count());
    int left = waiting.length;
    float[] scatter = new float[Normals.padded(left)];
    double voltsVoltsSiemens = 0;
    long pulses = 0;
    for (int round = 0; left > 0; round++) {
      drawRound(writing, round, scatter, left);
      int kept = 0;
      for (int k = 0; k < left; k++) {
        int cell = waiting[k];
        int r = cell / columns;
        int c = cell % columns;
        boolean set = train.counts()[cell] > 0;
        double volts = set ? train.setVolts() : train.resetVolts();
        voltsVoltsSiemens += volts * volts * quirks.siemens(r, c, level[r][c]);
        float low = quirks.low(r, c);
        float high = quirks.high(r, c);
        float next =
            set
                ? setPulse.next(
                    level[r][c], low, high, setStrength * quirks.setStep(r, c), scatter[k])
                : resetPulse.next(
                    level[r][c], low, high, resetStrength * quirks.resetStep(r, c), scatter[k]);
        level[r][c] = Math.max(low, Math.min(high, next));
        if (Math.abs(train.counts()[cell]) > round + 1) {
          waiting[kept++] = cell;
        }
      }
      pulses += left;
      left = kept;
    }
    for (int r = 0; r < rows; r++) {
      quirks.restoreStuck(r, level[r]);
    }
    return new CellWriter.Written(
        writing.count(),
        pulses,
        voltsVoltsSiemens * train.seconds(),
        slots(writing) * train.seconds());
  }

  private void drawRound(Writing writing, int round, float[] scatter, int count) {
    if (model.update().cycleNoise() > 0) {
      int high = (int) (writing.number() >>> 32) | round << 16;
      normals.fill(key, (int) writing.number(), high, scatter, count);
    }
  }

  /// Pulses that follow one another, where the cells of a row get theirs together, those of each direction apart.
  private long slots(Writing writing) {
    long slots = 0;
    int[] mostSets = new int[rows];
    int[] mostResets = new int[rows];
    for (int k = 0; k < writing.count(); k++) {
      int cell = writing.cells()[k];
      int count = writing.train().counts()[cell];
      mostSets[cell / columns] = Math.max(mostSets[cell / columns], count);
      mostResets[cell / columns] = Math.max(mostResets[cell / columns], -count);
    }
    for (int r = 0; r < rows; r++) {
      slots += mostSets[r] + mostResets[r];
    }
    return slots;
  }
}
