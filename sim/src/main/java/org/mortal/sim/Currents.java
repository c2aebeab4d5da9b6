package org.mortal.sim;

import org.mortal.kernel.Batch;

/// Where the currents of a batch of reads come from, before noise and amplifiers.
sealed interface Currents {

  /// The power that all vectors together take from the drivers.
  double watts();

  /// One linear map of the row voltages.
  ///
  /// @param signal amperes at each output for a volt at each row
  /// @param variance of the noise that differs from cell to cell, for a volt squared at each row, or null
  record Product(Batch signal, Batch variance, double watts) implements Currents {}

  /// Currents that were solved for one by one.
  ///
  /// @param amps vectors x outputs
  /// @param variances of the noise that differs from cell to cell, vectors x outputs, or null
  record Solved(Batch amps, Batch variances, double watts) implements Currents {}
}
