package org.mortal.sim.effect;

import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.ThermalResponse;

/// Conductances that follow the temperature of the chip. No state, no quirks.
final class WarmCells implements CellEffect {
  private static final int PROBES = 64;

  private final ThermalResponse response;
  private final Ambient ambient;
  private final long stepNanos;

  WarmCells(ThermalResponse response, Ambient ambient) {
    this.response = response;
    this.ambient = ambient;
    double fastest = 0;
    double mean = response.factor(ambient.kelvin());
    for (int i = 0; i < PROBES; i++) {
      double from = response.factor(ambient.kelvinAt((double) i / PROBES));
      double to = response.factor(ambient.kelvinAt((i + 1.0) / PROBES));
      fastest = Math.max(fastest, Math.abs(to - from) * PROBES / mean);
    }
    double periods = Math.min(TOLERANCE / fastest, 1.0 / PROBES);
    this.stepNanos =
        fastest == 0
            ? Long.MAX_VALUE
            : Math.max(1, Math.round(periods * ambient.periodSeconds() * 1e9));
  }

  @Override
  public void conduct(int row, long nanos, float[] written, float[] siemens) {
    float factor = (float) response.factor(ambient.kelvin(nanos));
    for (int c = 0; c < siemens.length; c++) {
      siemens[c] *= factor;
    }
  }

  @Override
  public long nextChange(long nanos) {
    return stepNanos == Long.MAX_VALUE ? stepNanos : (nanos / stepNanos + 1) * stepNanos;
  }
}
