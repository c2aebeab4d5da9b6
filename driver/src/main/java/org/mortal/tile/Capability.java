package org.mortal.tile;

/// What a tile can do beyond a forward product.
public enum Capability {
  /// A bias can be added to each output inside the hardware.
  BIAS_PROBE,

  /// The product can be made the other way round, by the same cells.
  TRANSPOSE,

  /// Tiles settle together as one circuit, whose outputs can be held: see [TileBank#powerSlopes].
  HELD_OUTPUTS,

  /// Tiles beside the network's own have weights that fade by themselves: see [TileBank#fading].
  FAST_WEIGHTS,

  /// Weights change by whole pulses.
  PULSES,

  /// Weights are exact numbers that can be looked at and added to: software, not a chip.
  EXACT_WEIGHTS
}
