package org.mortal.tile;

import org.mortal.kernel.Batch;

/// A change to the weights of a tile.
public sealed interface WeightUpdate {

  /// Whole pulses for each weight, open loop.
  ///
  /// @param counts inputs x outputs, row-major; positive raises the weight by that many [Tile#weightStep]
  record Pulses(short[] counts) implements WeightUpdate {}

  /// An amount to add to each weight, open loop; where weights change by pulses it is rounded to whole ones.
  ///
  /// @param weights inputs x outputs
  record Increment(Batch weights) implements WeightUpdate {}

  /// Values to bring the weights to, closed loop where the hardware is not exact.
  ///
  /// @param weights inputs x outputs, within [Tile#weightLimit]
  /// @param tolerance a weight's two cells are each done within this, in weight units
  record Program(Batch weights, double tolerance) implements WeightUpdate {}
}
