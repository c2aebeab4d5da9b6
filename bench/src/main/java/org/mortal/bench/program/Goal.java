package org.mortal.bench.program;

import org.mortal.chip.Crossbar;
import org.mortal.chip.ProgramRequest;
import org.mortal.kernel.Batch;

/// What the cells of one array are to become.
///
/// @param targetSiemens rows x columns, inside the programming window
/// @param toleranceSiemens a cell is done when it was measured this near, twice
/// @param budget most pulses for each cell, row-major; 0 for cells to be spared
public record Goal(Batch targetSiemens, double toleranceSiemens, int[] budget) {

  /// Throws unless the targets fit the array and lie in its window.
  public void check(Crossbar crossbar) {
    new ProgramRequest(targetSiemens, toleranceSiemens, 1, 1)
        .check(crossbar.geometry(), crossbar.limits());
    if (budget.length != crossbar.geometry().cells()) {
      throw new IllegalArgumentException(
          "budgets for %d cells were given to an array of %d"
              .formatted(budget.length, crossbar.geometry().cells()));
    }
  }
}
