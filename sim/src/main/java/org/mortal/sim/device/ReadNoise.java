package org.mortal.sim.device;

/// White noise of a cell: each read scatters its conductance anew by a normal number of variance
/// `siemens² + (relative * conductance)²`.
///
/// @param siemens the part that all cells have
/// @param relative the part in proportion to the conductance
public record ReadNoise(double siemens, double relative) {
  /// Cells that read the same each time.
  public static final ReadNoise NONE = new ReadNoise(0, 0);

  public ReadNoise {
    Numbers.requireNotNegative("siemens", siemens);
    Numbers.requireNotNegative("relative", relative);
  }

  /// The same noise, `factor` times as large.
  public ReadNoise times(double factor) {
    return new ReadNoise(factor * siemens, factor * relative);
  }
}
