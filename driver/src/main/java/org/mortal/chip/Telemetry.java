package org.mortal.chip;

/// What a chip has done since it was opened.
///
/// @param arrayReads vectors read, counted once for each array
/// @param pulses pulses applied to cells
/// @param cellWrites cells written, a train of pulses to one cell counting once
/// @param energyJoules spent in cells and converters, by the figures of the chip's profile
/// @param busySeconds the chip's own time spent reading and writing, arrays working side by side
public record Telemetry(
    long arrayReads, long pulses, long cellWrites, double energyJoules, double busySeconds) {
  public static final Telemetry ZERO = new Telemetry(0, 0, 0, 0, 0);

  /// What has happened since `earlier`.
  public Telemetry since(Telemetry earlier) {
    return new Telemetry(
        arrayReads - earlier.arrayReads,
        pulses - earlier.pulses,
        cellWrites - earlier.cellWrites,
        energyJoules - earlier.energyJoules,
        busySeconds - earlier.busySeconds);
  }
}
