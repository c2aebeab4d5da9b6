package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `step`: pulses counted from the data sheet's step, as [org.mortal.chip.ProgramVerify] and the boards' firmware do.
///
/// Source: write-verify as in Alibart et al., Nanotechnology 23, 075201 (2012), with the step taken from the data sheet.
record StepPulses() implements Method {

  @Override
  public String name() {
    return "step";
  }

  @Override
  public String description() {
    return "as many nominal pulses as the data sheet's step asks for";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new NominalPulses(crossbar.limits());
  }
}
