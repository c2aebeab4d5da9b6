package org.mortal.sim.device;

/// New cells have no filament: they hardly conduct and answer to no pulse, until a SET pulse at or above their own forming
/// voltage makes one.
///
/// Such a train leaves a cell at `formedLevel`, whatever the number of its pulses.
///
/// Source: Wong et al., Proceedings of the IEEE 100, 1951 (2012).
///
/// @param meanVolts forming voltage on average
/// @param spreadVolts its standard deviation from cell to cell
/// @param virginSiemens what a new cell conducts
/// @param formedLevel the level of a cell just formed
public record Forming(
    double meanVolts, double spreadVolts, double virginSiemens, double formedLevel) {
  public Forming {
    Numbers.requirePositive("meanVolts", meanVolts);
    Numbers.requireNotNegative("spreadVolts", spreadVolts);
    Numbers.requireNotNegative("virginSiemens", virginSiemens);
    Numbers.requireFinite("formedLevel", formedLevel);
  }
}
