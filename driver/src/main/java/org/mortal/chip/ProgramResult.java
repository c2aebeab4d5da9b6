package org.mortal.chip;

import org.mortal.kernel.Batch;

/// How closed-loop programming went, cell by cell in row-major order.
///
/// @param measuredSiemens the last measurement of each cell before it was done or given up, rows x columns
/// @param success whether that cell was measured within tolerance, twice
/// @param pulses given to each cell
/// @param resets how many of them were RESET pulses, the others SET; null where nobody has told
public record ProgramResult(Batch measuredSiemens, boolean[] success, int[] pulses, int[] resets) {

  /// A result that does not tell the kinds of pulses.
  public ProgramResult(Batch measuredSiemens, boolean[] success, int[] pulses) {
    this(measuredSiemens, success, pulses, null);
  }

  /// The fraction of cells within tolerance.
  public double successRate() {
    int done = 0;
    for (boolean one : success) {
      done += one ? 1 : 0;
    }
    return (double) done / success.length;
  }
}
