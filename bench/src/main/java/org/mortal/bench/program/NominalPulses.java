package org.mortal.bench.program;

import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;

/// As many pulses of the data sheet as its step asks for.
final class NominalPulses implements Pulsing {
  /// Of the pulses that the nominal step asks for, give this share: steps spread from cell to cell, and an overshoot costs as
  /// many pulses again.
  private static final double CAUTION = 0.8;

  private final Limits limits;

  NominalPulses(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Shot next(int cell, double errorSiemens, double siemens) {
    if (errorSiemens > 0 && limits.write().abruptSet()) {
      return new Shot(1, 0);
    }
    long wanted = Math.round(CAUTION * errorSiemens / limits.write().stepSiemens());
    long atLeastOne = wanted == 0 ? (long) Math.signum(errorSiemens) : wanted;
    return new Shot(Math.clamp(atLeastOne, -limits.maxPulses(), limits.maxPulses()), 0);
  }

  @Override
  public PulseTrain train(short[] counts, int rung) {
    return PulseTrain.nominal(counts, limits.write());
  }
}
