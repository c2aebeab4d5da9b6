package org.mortal.chip.calibrated;

/// What each cell of an array was found to be; all arrays are rows x columns.
///
/// @param siemens mean conductance, as it is behind the wires
/// @param errorSiemens standard error of that mean
/// @param noiseSiemens standard deviation of the conductance from read to read
/// @param stuck cells that did not answer to pulses; null where none were given
/// @param telegraph cells that jump between levels
/// @param stepSiemens change by one nominal pulse, of either polarity; 0 for a stuck cell; null where no pulses were given
public record CellMap(
    float[][] siemens,
    float[][] errorSiemens,
    float[][] noiseSiemens,
    boolean[][] stuck,
    boolean[][] telegraph,
    float[][] stepSiemens) {}
