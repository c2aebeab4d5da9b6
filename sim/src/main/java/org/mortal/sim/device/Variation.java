package org.mortal.sim.device;

/// How cells of one technology differ from each other, drawn once for each cell from the chip's seed.
///
/// Nothing changes sign: a step or a bound that would is taken by its size, as is the order of two bounds.
///
/// @param gain standard deviation of the conductance for each level, log-normal with mean 1
/// @param step standard deviation of the size of both steps, in units of the larger nominal step
/// @param stepLogNormal whether steps scatter as a log-normal number with that deviation of the logarithm, not as a normal one
/// @param asymmetry standard deviation of what SET steps are larger and RESET steps smaller, in the same unit
/// @param high standard deviation of the upper bound, as a fraction of it
/// @param low standard deviation of the lower bound, as a fraction of it
/// @param writeNoise standard deviation of what a cell shows after a train of pulses around its persistent level, as a
///     fraction of the SET step
/// @param reference what is subtracted from each cell; nothing where absent
public record Variation(
    double gain,
    double step,
    boolean stepLogNormal,
    double asymmetry,
    double high,
    double low,
    double writeNoise,
    Reference reference) {

  /// A second device beside each cell, whose level is subtracted from the cell's.
  ///
  /// @param symmetryPoint whether it was set to where SET and RESET steps of its cell are as large; else to level 0
  /// @param levels standard deviation of its level around that
  public record Reference(boolean symmetryPoint, double levels) {
    public Reference {
      Numbers.requireNotNegative("levels", levels);
    }
  }

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

  /// Without references.
  public Variation(
      double gain,
      double step,
      boolean stepLogNormal,
      double asymmetry,
      double high,
      double low,
      double writeNoise) {
    this(gain, step, stepLogNormal, asymmetry, high, low, writeNoise, null);
  }
}
