package org.mortal.sim.device;

/// How cells of one technology differ from each other, drawn once for each cell from the chip's seed.
///
/// @param gain standard deviation of the conductance for each level, log-normal with mean 1
/// @param step standard deviation of the size of both steps, as a fraction
/// @param stepLogNormal whether steps scatter as a log-normal number with that deviation of the logarithm, not as a normal one
/// @param asymmetry standard deviation of the difference between the directions: SET steps grow by it, RESET steps shrink
/// @param high standard deviation of the upper bound, as a fraction of it
/// @param low standard deviation of the lower bound, as a fraction of it
/// @param writeNoise standard deviation of what a cell shows after a train of pulses around its persistent level, as a
///     fraction of the SET step
public record Variation(
    double gain,
    double step,
    boolean stepLogNormal,
    double asymmetry,
    double high,
    double low,
    double writeNoise) {
  /// Cells that are all alike.
  public static final Variation NONE = new Variation(0, 0, false, 0, 0, 0, 0);

  public Variation {
    Numbers.requireNotNegative("gain", gain);
    Numbers.requireNotNegative("step", step);
    Numbers.requireNotNegative("asymmetry", asymmetry);
    Numbers.requireNotNegative("high", high);
    Numbers.requireNotNegative("low", low);
    Numbers.requireNotNegative("writeNoise", writeNoise);
  }
}
