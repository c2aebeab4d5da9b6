package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `hadamard`: nominal pulses, verified by Hadamard-coded reads of blocks of rows, which average the converter's noise over a
/// block. Rows are dealt out to blocks so that currents stay within the converter's range.
///
/// Source: Choi et al., arXiv:2604.12420 (2026).
record HadamardVerify() implements Method {

  @Override
  public String name() {
    return "hadamard";
  }

  @Override
  public String description() {
    return "nominal pulses, verified by Hadamard-coded reads of blocks of rows";
  }

  @Override
  public Verify verify(Crossbar crossbar, Recipe recipe) {
    return new CodedReads(crossbar, Math.max(1, recipe.reads() / 2), false);
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new NominalPulses(crossbar.limits());
  }
}
