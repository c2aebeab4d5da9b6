package org.mortal.chip.calibrated;

/// The lowest pulses that move cells, from a sample of them, in volts: those by which a cell has moved a tenth of the window, when
/// it was given more and more volts in steps.
///
/// @param setVolts median over the sample
/// @param setSpread standard deviation over the sample
/// @param resetVolts median over the sample
/// @param resetSpread standard deviation over the sample
/// @param cells size of the sample
public record Thresholds(
    double setVolts, double setSpread, double resetVolts, double resetSpread, int cells) {}
