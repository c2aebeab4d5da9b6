package org.mortal.sim.circuit;

/// How an amplifier comes to the end of its range.
public enum Saturation {
  /// It bends: `S tanh(x / S)`.
  TANH,
  /// It is linear to the end and stays there.
  CLIP
}
