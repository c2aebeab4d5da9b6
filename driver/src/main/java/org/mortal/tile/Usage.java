package org.mortal.tile;

/// What has been asked of the hardware, for the meter.
///
/// @param queries vectors sent through a tile
/// @param multiplications of an input and a weight that those came to
/// @param arrayReads vectors sent through one array: a tile of 4 x 2 arrays makes 8 for each query
/// @param cellWrites cells written, a train of pulses to one cell counting once
/// @param pulses pulses applied
/// @param energyJoules spent by the hardware, by its own figures; 0 for exact software tiles
/// @param chipSeconds time the hardware was busy, by its own clock
public record Usage(
    long queries,
    long multiplications,
    long arrayReads,
    long cellWrites,
    long pulses,
    double energyJoules,
    double chipSeconds) {
  public static final Usage ZERO = new Usage(0, 0, 0, 0, 0, 0, 0);

  /// What has been used since `earlier`.
  public Usage since(Usage earlier) {
    return new Usage(
        queries - earlier.queries,
        multiplications - earlier.multiplications,
        arrayReads - earlier.arrayReads,
        cellWrites - earlier.cellWrites,
        pulses - earlier.pulses,
        energyJoules - earlier.energyJoules,
        chipSeconds - earlier.chipSeconds);
  }

  /// Both together.
  public Usage plus(Usage other) {
    return new Usage(
        queries + other.queries,
        multiplications + other.multiplications,
        arrayReads + other.arrayReads,
        cellWrites + other.cellWrites,
        pulses + other.pulses,
        energyJoules + other.energyJoules,
        chipSeconds + other.chipSeconds);
  }
}
