package org.mortal.bench.program;

/// How programming went, cell by cell in row-major order.
///
/// @param fates what has become of each cell
/// @param pulses given to each cell
/// @param siemensAfter the measurement of each cell that follows the one by which it was done or given up, and so is not chosen for
///   its being near
/// @param rounds of measuring and pulsing
/// @param interrupted whether it was stopped before its time
public record Outcome(
    Fate[] fates, int[] pulses, float[] siemensAfter, int rounds, boolean interrupted) {

  /// How many cells have that fate.
  public int count(Fate fate) {
    int count = 0;
    for (Fate one : fates) {
      count += one == fate ? 1 : 0;
    }
    return count;
  }

  /// Whether a cell answers to pulses and may be given some.
  public boolean healthy(int cell) {
    return fates[cell] != Fate.STUCK && fates[cell] != Fate.SPARED;
  }
}
