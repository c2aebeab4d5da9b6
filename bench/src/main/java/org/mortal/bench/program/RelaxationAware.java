package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `relaxation-aware`: incremental step pulses in repeated passes; between them cells are left to relax, and those that have
/// left the tolerance are programmed again.
///
/// A cell that relaxes far gets another chance to relax less, so the spread narrows with each pass.
///
/// Source: iterative programming of NeuRRAM, Wan et al., Nature 608, 504 (2022), Extended Data Fig. 3 c and e.
///
/// @param repeats how often it comes back
record RelaxationAware(int repeats) implements Method {

  @Override
  public String name() {
    return "relaxation-aware:" + repeats;
  }

  @Override
  public String description() {
    return "ispp in repeated passes; cells that have relaxed out of tolerance are programmed again";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new IncrementalStepPulses().pulsing(crossbar, recipe);
  }

  @Override
  public int rounds() {
    return new IncrementalStepPulses().rounds();
  }

  @Override
  public double settleSeconds(Recipe recipe) {
    return recipe.settleSeconds();
  }
}
