package org.mortal.bench.characterise;

/// What a user asked for; null where a kind's own choice is to hold.
///
/// @param readVolts on a cell's row
/// @param setVolts amplitude of SET pulses, or the highest of a staircase
/// @param resetVolts the same of RESET pulses
/// @param width of pulses, in seconds
/// @param interval between steps, in seconds
/// @param pulses at a time, or in a train
/// @param cycles rounds
/// @param reads of each cell
/// @param points on a sweep
/// @param times when to read, in seconds after the pulses
public record Wishes(
    Double readVolts,
    Double setVolts,
    Double resetVolts,
    Double width,
    Double interval,
    Integer pulses,
    Integer cycles,
    Integer reads,
    Integer points,
    double[] times) {
  /// None.
  public static final Wishes NONE =
      new Wishes(null, null, null, null, null, null, null, null, null, null);
}
