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
    boolean others = bias.reachesOthers();
    for (int cell = 0; others && cell < siemens.length; cell++) {
      look(cell);
    }
    double joules = 0;
    long pulses = 0;
    for (int k = 0; k < writing.count(); k++) {
      int index = writing.cells()[k];
      int count = train.counts()[index];
      double volts = count > 0 ? train.setVolts() : -train.resetVolts();
      // The cells that may see something of it.
      int from = others ? 0 : index;
      int to = others ? siemens.length : index + 1;
      look(index);
      CellBias.Seen seen = null;
      for (int pulse = 0; pulse < Math.abs(count); pulse++) {
        seen = bias.at(geometry.cell(index), volts, siemens, seen);
        strengthen(seen, train.seconds(), from, to);
        pulse(writing.number(), k << 10 | pulse, seen, from, to);
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
  private void strengthen(CellBias.Seen seen, double seconds, int from, int to) {
    double last = 0;
    float strength = 0;
    for (int cell = from; cell < to; cell++) {
      double volts = seen.volts(cell);
      if (volts != last) {
        last = volts;
        strength = volts == 0 ? 0 : (float) cells.strength(volts > 0, Math.abs(volts), seconds);
      }
      strengths[cell] = strength;
    }
  }

  /// One pulse, which the cells `from` to `to` see each in its own way.
  ///
  /// @param part of the train's random numbers: at most 1,000 pulses a cell and 2^20 cells, which both fit the counter
  private void pulse(long train, int part, CellBias.Seen seen, int from, int to) {
    int first = from / Normals.CHUNK * Normals.CHUNK;
    cells.draw(train, part, first, drawn, to - first);
    PulseQuirks own = quirks.pulses();
    int columns = geometry.columns();
    for (int r = from / columns; r * columns < to; r++) {
      int begin = Math.max(from, r * columns);
      int end = Math.min(to, (r + 1) * columns);
      boolean moved = false;
      for (int cell = begin; cell < end; cell++) {
        if (strengths[cell] > 0) {
          int c = cell - r * columns;
          boolean up = seen.volts(cell) > 0;
          float low = own.low(r, c);
          float high = own.high(r, c);
          double strength = strengths[cell] * (up ? own.setStep(r, c) : own.resetStep(r, c));
          PulseStep step = up ? set : reset;
          double next = step.next(fine[cell], low, high, strength, drawn[cell - first]);
          fine[cell] = Math.max(low, Math.min(high, next));
          level[r][c] = (float) fine[cell];
          moved = true;
        }
      }
      if (moved) {
        settle(r, begin, end);
      }
    }
  }

  /// Cells that do not answer go back, and the others conduct what they have become.
  private void settle(int row, int begin, int end) {
    quirks.restoreStuck(row, level[row]);
    for (int cell = begin; cell < end; cell++) {
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
