package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// `mvm`: tunes what the array multiplies with. Verifying reads are whole products: all rows take part, half of them driven and
/// then the other, and the error of the products is decoded to an error of each cell.
///
/// What is brought to its target is therefore the current of a column for a volt on a row, wires and neighbours included, and
/// not the cell's own conductance: cells far from the drivers end higher, which makes up for the IR drop. Where cells follow
/// Ohm's law and idle rows are held at 0 V, currents of rows add up, so that reads of single rows see the same drop; where
/// currents bend, only products see what products do.
///
/// Source: tuning by the output error, as in Hadamard-encoded verification (Choi et al., arXiv:2604.12420 (2026)), with all
/// rows as one block.
///
/// @param repeats how often it comes back, since cells that are raised later take current from those that are done
record MvmTuning(int repeats) implements Method {

  @Override
  public String name() {
    return "mvm:" + repeats;
  }

  @Override
  public String description() {
    return "nominal pulses by the error of whole products, so that IR drop is made up for";
  }

  @Override
  public Verify verify(Crossbar crossbar, Recipe recipe) {
    return new CodedReads(crossbar, Math.max(1, recipe.reads() / 2), true);
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new NominalPulses(crossbar.limits());
  }
}
