package org.mortal.chip.calibrated;

/// Resistances of an array's lines as fitted to its reads, in ohms.
///
/// @param rowDriver between a driver and the first cell of its row
/// @param rowSegment between neighbouring cells of a row
/// @param columnSegment between neighbouring cells of a column
/// @param columnTerminal between the last cell of a column and its amplifier
/// @param errors standard error of each, in that order
public record WireFit(
    double rowDriver,
    double rowSegment,
    double columnSegment,
    double columnTerminal,
    double[] errors) {}
