package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `multi-device`: several devices hold one target, each on the next array of the chip; a later one is programmed to what the
/// earlier ones have left, scaled up to its window, and counts by as much less ([Stack]).
///
/// Source: Song et al., Science 383, 903 (2024).
///
/// @param devices for each target
record MultiDevice(int devices) implements Method {

  @Override
  public String name() {
    return "multi-device:" + devices;
  }

  @Override
  public String description() {
    return "nominal pulses; cells of further arrays hold the residual of earlier ones, scaled up";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new NominalPulses(crossbar.limits());
  }
}
