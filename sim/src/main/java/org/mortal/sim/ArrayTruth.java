package org.mortal.sim;

/// The hidden ground truth of one simulated array: calibration and gradients are scored against it, nothing learns from it.
///
/// @param siemens conductance of each cell without noise, rows x columns
/// @param gain what each cell's steps are of a cell without quirks, in siemens for siemens
/// @param stuck cells that do not answer to pulses
/// @param gains of the sense amplifiers, one per output
/// @param offsets in amperes, one per output
public record ArrayTruth(
    double[][] siemens, double[][] gain, boolean[][] stuck, float[] gains, float[] offsets) {}
