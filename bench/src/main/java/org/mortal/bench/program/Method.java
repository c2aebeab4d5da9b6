package org.mortal.bench.program;

import org.mortal.chip.Crossbar;

/// A way to bring cells to their targets, as what it differs in from others: how it measures, how it pulses, how often it comes
/// back. The loop itself is the same for all ([ClosedLoop]).
///
/// A method keeps no state; what one pass remembers of its cells lives in its [Pulsing].
public interface Method {

  /// What it is called on the command line, in kebab case, with its number if it has one: `relaxation-aware:3`.
  String name();

  /// What it does, in one line.
  String description();

  /// How cells are measured.
  default Verify verify(Crossbar crossbar, Recipe recipe) {
    return new RowReads(crossbar, recipe.reads());
  }

  /// How cells are pulsed in one pass.
  Pulsing pulsing(Crossbar crossbar, Recipe recipe);

  /// Most rounds of measuring and pulsing in a pass, where the recipe leaves it open.
  default int rounds() {
    return 24;
  }

  /// Times that cells that are done are measured again, and those that have moved away are programmed again.
  default int repeats() {
    return 0;
  }

  /// How long cells are left before each of them.
  default double settleSeconds(Recipe recipe) {
    return 0;
  }

  /// How many devices, each on an array of its own, hold one target together.
  default int devices() {
    return 1;
  }
}
