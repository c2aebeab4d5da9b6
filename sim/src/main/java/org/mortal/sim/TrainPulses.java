package org.mortal.sim;

import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.effect.Writing;

/// Pulses whose steps depend on nothing: `n` independent ones with scatter `σ` of a step are one change of mean `n` and
/// standard deviation `σ √n`, so that each cell needs one draw however many pulses it gets.
final class TrainPulses implements CellWriter.Law {
  /// Square roots of pulse counts.
  private static final float[] ROOTS = new float[ChipProfile.MAX_PULSES + 1];

  static {
    for (int i = 0; i < ROOTS.length; i++) {
      ROOTS[i] = (float) Math.sqrt(i);
    }
  }

  private final PulsedCells cells;
  private final int columns;

  TrainPulses(PulsedCells cells) {
    this.cells = cells;
    this.columns = cells.geometry().columns();
  }

  @Override
  public CellWriter.Written write(Writing writing) {
    int found = writing.count();
    long number = writing.number();
    float[] drawn = new float[Normals.padded(found)];
    cells.draw(number, (int) (number >>> 32), drawn, found);
    Pass pass = new Pass(writing, drawn);
    int[] touched = writing.cells();
    for (int k = 0; k < found; ) {
      int row = touched[k] / columns;
      int last = k;
      while (last < found && touched[last] < (row + 1) * columns) {
        last++;
      }
      pass.write(row, k, last);
      k = last;
    }
    return pass.written();
  }

  /// One pass over the cells that a train touches, row by row.
  private final class Pass {
    private final UpdateLaw law = cells.model().update();
    private final PulseTrain train;
    private final int[] touched;
    private final int found;
    private final float[] drawn;
    private final float setStep;
    private final float resetStep;
    private long setPulses;
    private long resetPulses;
    private double setSiemens;
    private double resetSiemens;
    private long slots;

    /// @param drawn a normal number for each cell
    Pass(Writing writing, float[] drawn) {
      this.train = writing.train();
      this.touched = writing.cells();
      this.found = writing.count();
      this.drawn = drawn;
      this.setStep = step(true, law.setStep(), train.setVolts());
      this.resetStep = step(false, law.resetStep(), train.resetVolts());
    }

    private float step(boolean set, double nominal, double volts) {
      return (float) (nominal * cells.strength(set, volts, train.seconds()));
    }

    /// Writes the touched cells `from` (inclusive) to `to` (exclusive), which all lie in row `r`.
    void write(int r, int from, int to) {
      float[] levels = cells.level()[r];
      float[] siemens = cells.quirks().siemensOf(r, levels);
      float low = (float) cells.model().window().lowLevel();
      float high = (float) cells.model().window().highLevel();
      float noise = (float) law.cycleNoise();
      short[] counts = train.counts();
      int first = r * columns;
      // Sums stay in registers until the row is done.
      int mostSets = 0;
      int mostResets = 0;
      int sumSets = 0;
      int sumResets = 0;
      float sumSetSiemens = 0;
      float sumResetSiemens = 0;
      // Free of branches on the direction of a pulse, which nothing can predict.
      for (int k = from; k < to; k++) {
        int c = touched[k] - first;
        int count = counts[touched[k]];
        int sets = Math.max(count, 0);
        int resets = Math.max(-count, 0);
        float mean = sets * setStep - resets * resetStep;
        float deviation = noise * (ROOTS[sets] * setStep + ROOTS[resets] * resetStep);
        float now = levels[c] + Math.fma(deviation, drawn[k], mean);
        levels[c] = Math.max(low, Math.min(high, now));
        sumSetSiemens += sets * siemens[c];
        sumResetSiemens += resets * siemens[c];
        sumSets += sets;
        sumResets += resets;
        mostSets = Math.max(mostSets, sets);
        mostResets = Math.max(mostResets, resets);
      }
      cells.quirks().restoreStuck(r, levels);
      setPulses += sumSets;
      resetPulses += sumResets;
      setSiemens += sumSetSiemens;
      resetSiemens += sumResetSiemens;
      slots += mostSets + mostResets;
    }

    CellWriter.Written written() {
      double energy =
          train.setVolts() * train.setVolts() * setSiemens
              + train.resetVolts() * train.resetVolts() * resetSiemens;
      return new CellWriter.Written(
          found, setPulses + resetPulses, energy * train.seconds(), slots * train.seconds());
    }
  }
}
