package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `ispp`: incremental step pulses with verify, the amplitude a step higher with each pulse until the cell has crossed its
/// target, then with the other polarity from the start.
///
/// Source: the write-verify controller of NeuRRAM, Wan et al., Nature 608, 504 (2022), Methods and Extended Data Fig. 3: from
/// 1.2 V by 0.1 V to 3.3 V, pulses of 1 µs, at most 30 at the highest amplitude, at most 20 changes of polarity, a confirming
/// read. The highest amplitude here is that of the array, where it allows less.
record IncrementalStepPulses() implements Method {

  @Override
  public String name() {
    return "ispp";
  }

  @Override
  public String description() {
    return "incremental step pulses: amplitudes rise until the target is crossed, then the other way";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new RisingPulses(recipe.ladder(crossbar.limits()), crossbar.geometry().cells());
  }

  @Override
  public int rounds() {
    return 200;
  }
}
