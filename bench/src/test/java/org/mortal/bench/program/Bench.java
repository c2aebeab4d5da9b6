package org.mortal.bench.program;

import java.util.Arrays;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;

/// Trials on chips, for tests.
final class Bench {
  private static final Kernels KERNELS = Kernels.select(1);

  private Bench() {}

  static Chip open(String address) {
    return Chips.open(address, KERNELS);
  }

  /// A method, by its name, on a chip that is opened for it.
  static Trial.Result run(String method, String address, Trial trial) {
    return run(Methods.find(method).orElseThrow(), address, trial, Integer.MAX_VALUE);
  }

  /// @param budget most pulses for each cell
  static Trial.Result run(Method method, String address, Trial trial, int budget) {
    try (Chip chip = open(address)) {
      int[] budgets = new int[chip.arrays().getFirst().geometry().cells()];
      Arrays.fill(budgets, budget);
      return trial.run(method, address, chip, _ -> budgets, () -> false);
    }
  }

  /// Targets drawn from a part of the window, judged at once.
  static Trial trial(String targets, double toleranceSiemens, Recipe recipe) {
    return new Trial(new Targets(targets, 1), 0, toleranceSiemens, 0, recipe, 0);
  }
}
