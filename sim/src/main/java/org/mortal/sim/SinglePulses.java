package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.effect.Writing;

/// Pulses made one by one, each from where the one before it left the cell: for laws whose steps depend on the level, and the
/// plain twin of [TrainPulses].
final class SinglePulses implements CellWriter.Law {
  private final PulsedCells cells;
  private final CellQuirks quirks;
  private final float[][] level;
  private final int rows;
  private final int columns;
  private final PulseStep setPulse;
  private final PulseStep resetPulse;

  SinglePulses(PulsedCells cells) {
    this.cells = cells;
    this.quirks = cells.quirks();
    this.level = cells.level();
    this.rows = cells.geometry().rows();
    this.columns = cells.geometry().columns();
    this.setPulse = cells.model().update().set();
    this.resetPulse = cells.model().update().reset();
  }

  @Override
  public CellWriter.Written write(Writing writing) {
    Pass pass = new Pass(writing);
    long number = writing.number();
    float[] drawn = new float[Normals.padded(writing.count())];
    int[] waiting = new int[writing.count()];
    Arrays.setAll(waiting, k -> k);
    int left = waiting.length;
    long pulses = 0;
    for (int round = 0; left > 0; round++) {
      cells.draw(number, (int) (number >>> 32) | round << 16, drawn, left);
      pulses += left;
      left = pass.pulse(waiting, left, drawn, round + 1);
    }
    pass.finish();
    double energy = pass.voltsVoltsSiemens * writing.train().seconds();
    double seconds = slots(writing) * writing.train().seconds();
    return new CellWriter.Written(writing.count(), pulses, energy, seconds);
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

  /// The touched cells side by side, while they get their pulses.
  private final class Pass {
    private final Writing writing;
    private final float[] now;
    private final float[] low;
    private final float[] high;

    private final float[] strength;
    private final float[] squareVolts;
    private double voltsVoltsSiemens;

    Pass(Writing writing) {
      this.writing = writing;
      int count = writing.count();
      this.now = new float[count];
      this.low = new float[count];
      this.high = new float[count];
      this.strength = new float[count];
      this.squareVolts = new float[count];
      PulseTrain train = writing.train();
      float set = (float) cells.strength(true, train.setVolts(), train.seconds());
      float reset = (float) cells.strength(false, train.resetVolts(), train.seconds());
      float setSquare = (float) (train.setVolts() * train.setVolts());
      float resetSquare = (float) (train.resetVolts() * train.resetVolts());
      for (int k = 0; k < count; k++) {
        int cell = writing.cells()[k];
        int r = cell / columns;
        int c = cell % columns;
        boolean sets = train.counts()[cell] > 0;
        now[k] = level[r][c];
        low[k] = quirks.pulses().low(r, c);
        high[k] = quirks.pulses().high(r, c);
        strength[k] =
            sets ? set * quirks.pulses().setStep(r, c) : reset * quirks.pulses().resetStep(r, c);
        squareVolts[k] = sets ? setSquare : resetSquare;
      }
    }

    /// One pulse for each cell that waits. Those that have had all of theirs fall out of the list.
    ///
    /// @param given pulses of each cell when this is done
    /// @return how many cells wait still
    int pulse(int[] waiting, int left, float[] drawn, int given) {
      short[] counts = writing.train().counts();
      int kept = 0;
      for (int j = 0; j < left; j++) {
        int k = waiting[j];
        int cell = writing.cells()[k];
        voltsVoltsSiemens += squareVolts[k] * quirks.intact(cell / columns, cell % columns, now[k]);
        double next =
            counts[cell] > 0
                ? setPulse.next(now[k], low[k], high[k], strength[k], drawn[j])
                : resetPulse.next(now[k], low[k], high[k], strength[k], drawn[j]);
        now[k] = (float) Math.max(low[k], Math.min(high[k], next));
        waiting[kept] = k;
        kept += Math.abs(counts[cell]) > given ? 1 : 0;
      }
      return kept;
    }

    void finish() {
      for (int k = 0; k < now.length; k++) {
        int cell = writing.cells()[k];
        level[cell / columns][cell % columns] = now[k];
      }
      for (int r = 0; r < rows; r++) {
        quirks.restoreStuck(r, level[r]);
      }
    }
  }
}
