package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.effect.Writing;

/// Pulses whose voltage the whole array decides: what wires leave of it for the selected cell, and what other cells see of it.
///
/// The cells of a train are written one after the other, in row-major order, and each pulse has a bias of its own, because the one
/// before it has changed the cell. Every other cell that sees a voltage of either sign is disturbed by it, pulse by pulse, by the same law as
/// if the pulse had been meant for it: below the threshold of its switching that is nothing.
final class BiasedPulses implements CellWriter.Law {
  private final PulsedCells cells;
  private final CellQuirks quirks;
  private final float[][] level;
  private final Geometry geometry;
  private final CellBias bias;
  private final PulseStep set;
  private final PulseStep reset;
  private final float[] drawn;
  private final float[] strengths;
  private final double[] siemens;

  /// Levels with all their digits: a half-selected pulse may be less than what rounding to single precision leaves of a level.
  private final double[] fine;

  BiasedPulses(PulsedCells cells) {
    this.cells = cells;
    this.quirks = cells.quirks();
    this.level = cells.level();
    this.geometry = cells.geometry();
    this.bias = CellBias.of(cells.profile());
    this.set = cells.model().update().set();
    this.reset = cells.model().update().reset();
    this.drawn = new float[Normals.padded(geometry.cells())];
    this.strengths = new float[geometry.cells()];
    this.siemens = new double[geometry.cells()];
    this.fine = new double[geometry.cells()];
  }

  @Override
  public CellWriter.Written write(Writing writing) {
    PulseTrain train = writing.train();
    for (int cell = 0; cell < siemens.length; cell++) {
      look(cell);
    }
    double joules = 0;
    long pulses = 0;
    for (int k = 0; k < writing.count(); k++) {
      int index = writing.cells()[k];
      int count = train.counts()[index];
      double volts = count > 0 ? train.setVolts() : -train.resetVolts();
      CellBias.Seen seen = null;
      for (int pulse = 0; pulse < Math.abs(count); pulse++) {
        seen = bias.at(geometry.cell(index), volts, siemens, seen);
        strengthen(seen, train.seconds());
        pulse(writing, k, pulse, seen);
        joules += seen.watts() * train.seconds();
      }
      pulses += Math.abs(count);
    }
    return new CellWriter.Written(writing.count(), pulses, joules, pulses * train.seconds());
  }

  /// Takes note of what a cell is.
  private void look(int cell) {
    int row = cell / geometry.columns();
    int column = cell % geometry.columns();
    if ((float) fine[cell] != level[row][column]) {
      // Something else than a pulse has moved it, or put it back.
      fine[cell] = level[row][column];
    }
    siemens[cell] = quirks.siemens(row, column, level[row][column]);
  }

  /// How many nominal pulses the voltage on each cell is worth.
  private void strengthen(CellBias.Seen seen, double seconds) {
    double last = 0;
    float strength = 0;
    for (int cell = 0; cell < strengths.length; cell++) {
      double volts = seen.volts(cell);
      if (volts != last) {
        last = volts;
        strength = volts == 0 ? 0 : (float) cells.strength(volts > 0, Math.abs(volts), seconds);
      }
      strengths[cell] = strength;
    }
  }

  /// One pulse to the `k`-th cell of a train, which all others see in their own way.
  private void pulse(Writing writing, int k, int pulse, CellBias.Seen seen) {
    // At most 1,000 pulses a cell and 2^20 cells: both fit the counter.
    cells.draw(writing.number(), k << 10 | pulse, drawn, geometry.cells());
    PulseQuirks own = quirks.pulses();
    int columns = geometry.columns();
    for (int r = 0; r < geometry.rows(); r++) {
      boolean moved = false;
      for (int c = 0; c < columns; c++) {
        int cell = r * columns + c;
        if (strengths[cell] > 0) {
          boolean up = seen.volts(cell) > 0;
          float low = own.low(r, c);
          float high = own.high(r, c);
          double strength = strengths[cell] * (up ? own.setStep(r, c) : own.resetStep(r, c));
          double next = (up ? set : reset).next(fine[cell], low, high, strength, drawn[cell]);
          fine[cell] = Math.max(low, Math.min(high, next));
          level[r][c] = (float) fine[cell];
          moved = true;
        }
      }
      if (moved) {
        settle(r);
      }
    }
  }

  /// Cells that do not answer go back, and the others conduct what they have become.
  private void settle(int row) {
    quirks.restoreStuck(row, level[row]);
    for (int cell = row * geometry.columns(); cell < (row + 1) * geometry.columns(); cell++) {
      if (strengths[cell] > 0) {
        look(cell);
      }
    }
  }

  @Override
  public long bytes() {
    return (long) fine.length * (2 * Double.BYTES + 2 * Float.BYTES);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    for (double one : fine) {
      out.writeDouble(one);
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    for (int cell = 0; cell < fine.length; cell++) {
      fine[cell] = in.readDouble();
    }
  }
}
