package org.mortal.sim;

import org.mortal.sim.circuit.SenseAmplifier;

/// The hidden ground truth of one simulated array: calibration and gradients are scored against it, nothing learns from it.
///
/// @param siemens conductance of each cell without noise and at low voltage, rows x columns
/// @param gain what each cell's steps are of a cell without quirks, in siemens for siemens
/// @param stuck cells that do not answer to pulses
/// @param gains of the sense amplifiers, one per output, at the chip's temperature
/// @param offsets in amperes, one per output, at the chip's temperature
/// @param sense what all amplifiers have in common
public record ArrayTruth(
    double[][] siemens,
    double[][] gain,
    boolean[][] stuck,
    float[] gains,
    float[] offsets,
    SenseAmplifier sense) {

  /// The current that the amplifier of an output was given where it shows `amps`, its bias and its noise included.
  public double lineAmps(int output, double amps) {
    return (sense.undo(output, amps) - offsets[output]) / gains[output];
  }
}
