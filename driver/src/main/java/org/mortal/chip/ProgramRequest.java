package org.mortal.chip;

import org.mortal.kernel.Batch;

/// Target conductances for closed-loop programming.
///
/// @param targetSiemens rows x columns of the array, inside the programming window
/// @param toleranceSiemens a cell is done when it was measured within this of its target
/// @param maxPasses most rounds of verify and pulse
/// @param readsPerVerify reads averaged for each measurement
public record ProgramRequest(
    Batch targetSiemens, double toleranceSiemens, int maxPasses, int readsPerVerify) {
  public ProgramRequest {
    if (!(toleranceSiemens > 0) || maxPasses < 1 || readsPerVerify < 1) {
      throw new IllegalArgumentException(
          "tolerance must be positive, passes and reads at least 1, not %g S, %d, %d"
              .formatted(toleranceSiemens, maxPasses, readsPerVerify));
    }
  }

  /// Throws unless the targets fit the array and lie in its window.
  public void check(Geometry geometry, Limits limits) {
    if (targetSiemens.rows() != geometry.rows() || targetSiemens.columns() != geometry.columns()) {
      throw new IllegalArgumentException(
          "targets are %s, the array is %d x %d"
              .formatted(targetSiemens, geometry.rows(), geometry.columns()));
    }
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        float target = targetSiemens.get(r, c);
        if (!(target >= (float) limits.minSiemens() && target <= (float) limits.maxSiemens())) {
          double limit = target < limits.minSiemens() ? limits.minSiemens() : limits.maxSiemens();
          throw new ChipException(
              new Fault.OutOfLimits("target conductance", target, limit, "S", new Cell(r, c)));
        }
      }
    }
  }
}
