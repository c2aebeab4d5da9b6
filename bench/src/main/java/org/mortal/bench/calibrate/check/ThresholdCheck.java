package org.mortal.bench.calibrate.check;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.Thresholds;
import org.mortal.kernel.Batch;

/// Long trains somewhat below and above a threshold, to a sample of cells with room to move: below, the middle one must stay
/// where it is, and above it must move.
final class ThresholdCheck {
  /// How far from the median, in spreads of the cells, and at least as part of it.
  private static final double SPREADS = 3;

  private static final double LEAST = 0.05;

  private static final int SAMPLE = 32;
  private static final double SURE = 4;

  private final Probe probe;
  private final Geometry geometry;
  private final Limits limits;
  private final int reads;

  ThresholdCheck(Probe probe, int reads) {
    this.probe = probe;
    this.geometry = probe.geometry();
    this.limits = probe.limits();
    this.reads = reads;
  }

  Check run() {
    Thresholds thresholds = probe.calibration().thresholds();
    String set = wrong("SET", thresholds.setVolts(), thresholds.setSpread(), 1);
    String reset = wrong("RESET", thresholds.resetVolts(), thresholds.resetSpread(), -1);
    int count = (set.isEmpty() ? 0 : 1) + (reset.isEmpty() ? 0 : 1);
    String detail = count == 0 ? "cells move above and not below" : (set + reset).substring(2);
    return new Check("thresholds", probe.array(), count == 0, count, 0, detail);
  }

  private String wrong(String name, double volts, double spread, int polarity) {
    double margin = Math.max(SPREADS * spread, LEAST * volts);
    if (moves(volts - margin, polarity)) {
      return "; cells move by %s pulses of %.3f V".formatted(name, volts - margin);
    }
    double above = Math.min(volts + margin, limits.maxPulseVolts());
    return moves(above, polarity)
        ? ""
        : "; cells do not move by %s pulses of %.3f V".formatted(name, above);
  }

  private boolean moves(double volts, int polarity) {
    ProgramVerify verify = new ProgramVerify(probe.crossbar());
    Batch before = verify.measure(reads);
    int[] sample = sample(before, polarity);
    short[] counts = new short[geometry.cells()];
    for (int cell : sample) {
      counts[cell] = (short) (polarity * limits.maxPulses());
    }
    probe.crossbar().pulse(new PulseTrain(counts, volts, volts, limits.write().seconds()));
    Batch after = verify.measure(reads);
    double[] moves = new double[sample.length];
    double[] still = new double[geometry.cells() - sample.length];
    int k = 0;
    int m = 0;
    for (int i = 0; i < geometry.cells(); i++) {
      int r = i / geometry.columns();
      int c = i % geometry.columns();
      double move = polarity * (after.get(r, c) - before.get(r, c));
      if (counts[i] != 0) {
        moves[k++] = move;
      } else {
        still[m++] = Math.abs(move);
      }
    }
    double error = 1.4826 * new Median().evaluate(still) * Math.sqrt(Math.PI / 2 / sample.length);
    return new Median().evaluate(moves) > SURE * error;
  }

  /// Cells that answer, from the half of the window that pulses lead out of.
  private int[] sample(Batch siemens, int polarity) {
    CellMap map = probe.calibration().cells();
    double middle = (limits.minSiemens() + limits.maxSiemens()) / 2;
    int first = probe.random().nextInt(geometry.cells());
    return IntStream.range(0, geometry.cells())
        .map(k -> (first + k) % geometry.cells())
        .filter(i ->
            polarity * (siemens.get(i / geometry.columns(), i % geometry.columns()) - middle) < 0)
        .filter(i ->
            map.stuck() == null || !map.stuck()[i / geometry.columns()][i % geometry.columns()])
        .limit(Math.min(SAMPLE, geometry.cells() / 4))
        .toArray();
  }
}
