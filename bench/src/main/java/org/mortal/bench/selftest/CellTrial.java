package org.mortal.bench.selftest;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Philox;

/// Conductances before and after pulses: first a random half of the cells is SET, then the other half, then all are RESET
/// by as many pulses.
///
/// So every cell is seen to answer, and to keep still while others are pulsed.
final class CellTrial {
  /// How far cells are moved, as part of the window.
  private static final double MOVED = 0.25;

  /// The noise that is left of a difference of two measurements, as part of the move.
  private static final double NOISE = 0.04;

  private static final int MOST_READS = 256;

  private final ArrayProbe probe;
  private final int columns;
  private final boolean[] chosen;
  private final int pulses;
  private final int reads;
  private final float[][] before;
  private float[][] first;
  private float[][] second;
  private float[][] after;

  /// Measures the cells as they are.
  ///
  /// @param noiseAmps of one read of one output
  CellTrial(ArrayProbe probe, double noiseAmps, long seed) {
    Geometry geometry = probe.geometry();
    this.probe = probe;
    this.columns = geometry.columns();
    this.chosen = new boolean[geometry.cells()];
    Philox random = new Philox(Philox.key(seed));
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = random.nextBoolean();
    }
    double step = probe.limits().write().stepSiemens();
    long wanted = Math.round(MOVED * probe.limits().windowSiemens() / step);
    this.pulses = Math.clamp(wanted, 1, probe.limits().maxPulses());
    // A conductance is the difference of two reads, a change the difference of two of those.
    double once = 2 * noiseAmps / probe.limits().maxReadVolts();
    double needed = Math.pow(once / (NOISE * moveSiemens()), 2);
    this.reads = (int) Math.clamp(Math.ceil(needed), 1, MOST_READS);
    this.before = probe.siemens(reads);
  }

  /// How far a nominal cell is moved.
  double moveSiemens() {
    return pulses * probe.limits().write().stepSiemens();
  }

  void setHalves() {
    probe.pulse(i -> chosen[i] ? pulses : 0);
    first = probe.siemens(reads);
    probe.pulse(i -> chosen[i] ? 0 : pulses);
    second = probe.siemens(reads);
  }

  void resetAll() {
    probe.pulse(i -> -pulses);
    after = probe.siemens(reads);
  }

  float[][] before() {
    return before;
  }

  /// With every cell SET.
  float[][] raised() {
    return second;
  }

  float[][] after() {
    return after;
  }

  int reads() {
    return reads;
  }

  /// By how much a cell rose or fell when it was pulsed, whichever is more: one that lies at an end of the window can only
  /// go one way.
  double answer(int row, int column) {
    boolean early = chosen[row * columns + column];
    float[][] from = early ? before : first;
    float[][] to = early ? first : second;
    return Math.max(to[row][column] - from[row][column], second[row][column] - after[row][column]);
  }

  /// By how much a cell changed when only others were pulsed.
  double strayed(int row, int column) {
    boolean early = chosen[row * columns + column];
    float[][] from = early ? first : before;
    float[][] to = early ? second : first;
    return to[row][column] - from[row][column];
  }

  /// The change of a cell by one RESET pulse, as it was seen.
  double stepSiemens(int row, int column) {
    return (second[row][column] - after[row][column]) / pulses;
  }
}
