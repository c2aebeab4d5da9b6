package org.mortal.bench.calibrate.wires;

/// Something that tells of the resistances of lines.
///
/// Reads of a linear array whose lines are all held never do by themselves: any map that they give, some cells behind any wires
/// give too. Nor are cells alike wherever they are: the pulses that made them met the wires as well. So each piece of evidence is
/// a change that is known to be local, or an expectation of lines.
interface WireEvidence {
  /// Resistances that are found, in the order of [org.mortal.chip.calibrated.WireFit]: driver, row segment, column segment,
  /// terminal.
  int OHMS = 4;

  /// How far the evidence is from what it should be.
  Residuals at(double[] ohms);

  /// What is left, in standard deviations.
  ///
  /// @param values each about 1 where the resistances are right
  /// @param slopes roughly, of each value by each resistance
  record Residuals(double[] values, double[][] slopes) {}
}
