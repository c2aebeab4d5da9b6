package org.mortal.chip;

/// Pulses to the cells of one array, all of one shape.
///
/// @param counts one entry per cell in row-major order: that many SET pulses where positive, RESET pulses where negative
/// @param setVolts amplitude of the SET pulses
/// @param resetVolts amplitude of the RESET pulses
/// @param seconds width of each
/// @param gateVolts of the cells' transistors during SET pulses, where [Limits#gate] can be set; 0 for transistors that are open
public record PulseTrain(
    short[] counts, double setVolts, double resetVolts, double seconds, double gateVolts) {

  /// Pulses through open transistors.
  public PulseTrain(short[] counts, double setVolts, double resetVolts, double seconds) {
    this(counts, setVolts, resetVolts, seconds, 0);
  }

  /// The same pulses under another voltage of the gates.
  public PulseTrain withGate(double volts) {
    return new PulseTrain(counts, setVolts, resetVolts, seconds, volts);
  }

  /// Nominal pulses.
  public static PulseTrain nominal(short[] counts, WriteMode mode) {
    return new PulseTrain(counts, mode.setVolts(), mode.resetVolts(), mode.seconds());
  }

  /// `count` nominal pulses to one cell, SET if positive.
  public static PulseTrain single(Geometry geometry, Cell cell, int count, WriteMode mode) {
    if ((short) count != count) {
      throw new ChipException(
          new Fault.OutOfLimits("pulse count", count, Short.MAX_VALUE, "", cell));
    }
    short[] counts = new short[geometry.cells()];
    counts[geometry.index(cell)] = (short) count;
    return nominal(counts, mode);
  }

  /// Throws unless there is one count for each cell of `geometry`.
  public void checkShape(Geometry geometry) {
    if (counts.length != geometry.cells()) {
      throw new IllegalArgumentException(
          "a pulse train for %d cells was given to an array of %d"
              .formatted(counts.length, geometry.cells()));
    }
  }
}
