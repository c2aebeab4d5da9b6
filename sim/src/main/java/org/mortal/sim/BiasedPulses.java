package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.effect.Writing;

/// Pulses whose voltage the whole array decides: what wires leave of it for the selected cell, and what other cells see of it.
///
/// The cells of a train are written one after the other, in row-major order, and each pulse has a bias of its own, because the one
/// before it has changed the cell. Every other cell that sees a voltage of either sign is disturbed by it, pulse by pulse, by the same law as
/// if the pulse had been meant for it: below the threshold of its switching that is nothing.
final class BiasedPulses implements CellWriter.Law {
  private final CellModel model;
  private final WriteMode nominal;
  private final Geometry geometry;
  private final CellQuirks quirks;
  private final float[][] level;
  private final long key;
  private final Normals normals;
  private final CellBias bias;
  private final PulseStep set;
  private final PulseStep reset;
  private final float[] scatter;
  private final float[] strengths;
  private final double[] siemens;

  BiasedPulses(ChipProfile profile, CellQuirks quirks, float[][] level, long key, Normals normals) {
    this.model = profile.cells();
    this.nominal = profile.write();
    this.geometry = profile.geometry();
    this.quirks = quirks;
    this.level = level;
    this.key = key;
    this.normals = normals;
    this.bias = CellBias.of(profile);
    this.set = model.update().set();
    this.reset = model.update().reset();
    this.scatter = new float[Normals.padded(geometry.cells())];
    this.strengths = new float[geometry.cells()];
    this.siemens = new double[geometry.cells()];
  }

  @Override
  public CellWriter.Written write(Writing writing) {
    PulseTrain train = writing.train();
    for (int r = 0; r < geometry.rows(); r++) {
      look(r);
    }
    double joules = 0;
    long pulses = 0;
    for (int k = 0; k < writing.count(); k++) {
      int index = writing.cells()[k];
      int count = train.counts()[index];
      double volts = count > 0 ? train.setVolts() : -train.resetVolts();
      for (int pulse = 0; pulse < Math.abs(count); pulse++) {
        CellBias.Seen seen = bias.at(geometry.cell(index), volts, siemens);
        strengthen(seen, train.seconds());
        pulse(writing, k, pulse, seen);
        for (int r = 0; r < geometry.rows(); r++) {
          if (seen.reaches(r)) {
            quirks.restoreStuck(r, level[r]);
            look(r);
          }
        }
        joules += seen.watts() * train.seconds();
      }
      pulses += Math.abs(count);
    }
    return new CellWriter.Written(writing.count(), pulses, joules, pulses * train.seconds());
  }

  private void look(int row) {
    for (int c = 0; c < geometry.columns(); c++) {
      siemens[row * geometry.columns() + c] = quirks.siemens(row, c, level[row][c]);
    }
  }

  /// How many nominal pulses the voltage on each cell is worth.
  private void strengthen(CellBias.Seen seen, double seconds) {
    for (int cell = 0; cell < strengths.length; cell++) {
      double volts = seen.volts(cell);
      strengths[cell] =
          volts == 0
              ? 0
              : (float)
                  model
                      .update()
                      .strength(volts > 0, Math.abs(volts), seconds, model.switching(), nominal);
    }
  }

  /// One pulse to the `k`-th cell of a train, which all others see in their own way.
  private void pulse(Writing writing, int k, int pulse, CellBias.Seen seen) {
    if (model.update().cycleNoise() > 0) {
      // At most 1,000 pulses a cell and 2^20 cells: both fit the counter.
      normals.fill(key, (int) writing.number(), k << 10 | pulse, scatter, geometry.cells());
    }
    for (int cell = 0; cell < strengths.length; cell++) {
      if (strengths[cell] > 0) {
        int r = cell / geometry.columns();
        int c = cell % geometry.columns();
        boolean up = seen.volts(cell) > 0;
        PulseQuirks own = quirks.pulses();
        float low = own.low(r, c);
        float high = own.high(r, c);
        double strength = strengths[cell] * (up ? own.setStep(r, c) : own.resetStep(r, c));
        double next = (up ? set : reset).next(level[r][c], low, high, strength, scatter[cell]);
        level[r][c] = (float) Math.max(low, Math.min(high, next));
      }
    }
  }
}
