package org.mortal.bench.program;

/// How programming went, cell by cell in row-major order.
///
/// @param fates what has become of each cell
/// @param pulses given to each cell
/// @param measuredSiemens the last measurement of each cell before it was done or given up
/// @param rounds of measuring and pulsing
/// @param interrupted whether it was stopped before its time
public record Outcome(
    Fate[] fates, int[] pulses, float[] measuredSiemens, int rounds, boolean interrupted) {

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
