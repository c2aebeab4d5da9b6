package org.mortal.sim.circuit;

import org.mortal.sim.device.Numbers;

/// The resistances of an array's wires, all ohmic. Zero is a perfect wire.
///
/// Each cell joins its word line to its bit line. A word line is driven at column 0 and ends open at the last column; a
/// bit line is sensed at the last row and ends open at row 0.
///
/// @param rowSegmentOhms of a word line between two neighbouring cells
/// @param columnSegmentOhms of a bit line between two neighbouring cells
/// @param rowDriverOhms all of it between a row's source and the row's first cell
/// @param columnTerminalOhms all of it between a column's last cell and the virtual ground of its sense amplifier
/// @param perKelvin relative change of the segments for each kelvin above 300 K; 0.0039 for bulk copper
public record Wires(
    double rowSegmentOhms,
    double columnSegmentOhms,
    double rowDriverOhms,
    double columnTerminalOhms,
    double perKelvin) {
  private static final double REFERENCE_KELVIN = 300;

  /// Wires without resistance.
  public static final Wires PERFECT = uniform(0);

  public Wires {
    Numbers.requireNotNegative("rowSegmentOhms", rowSegmentOhms);
    Numbers.requireNotNegative("columnSegmentOhms", columnSegmentOhms);
    Numbers.requireNotNegative("rowDriverOhms", rowDriverOhms);
    Numbers.requireNotNegative("columnTerminalOhms", columnTerminalOhms);
    Numbers.requireFinite("perKelvin", perKelvin);
  }

  /// The same resistance everywhere, at any temperature.
  public static Wires uniform(double ohms) {
    return new Wires(ohms, ohms, ohms, ohms, 0);
  }

  /// These wires at one temperature: the segments follow it, driver and terminal, which are transistors, do not.
  public Wires at(double kelvin) {
    double factor = 1 + perKelvin * (kelvin - REFERENCE_KELVIN);
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException(
          "at %s K wires that change by %s per kelvin would have %s of their resistance"
              .formatted(kelvin, perKelvin, factor));
    }
    return new Wires(
        rowSegmentOhms * factor, columnSegmentOhms * factor, rowDriverOhms, columnTerminalOhms, 0);
  }
}
