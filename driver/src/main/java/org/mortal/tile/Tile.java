package org.mortal.tile;

import java.util.Set;
import org.mortal.kernel.Batch;

/// A signed matrix of weights on hardware: what goes in comes out multiplied, somewhat.
///
/// Nothing is promised about gain, offset, saturation or noise of an output; that is the hardware's own business, and
/// learning goes through it as it is. One thread at a time.
public interface Tile {

  /// Length of an input vector.
  int inputs();

  /// Length of an output vector.
  int outputs();

  Set<Capability> capabilities();

  /// y = x W + bias, as the hardware does it.
  ///
  /// @param x n x inputs, each entry from 0 to 1
  /// @param y n x outputs, in units of weight times input
  default void forward(Batch x, Batch y) {
    forward(x, null, y);
  }

  /// The same with a probe added to the bias of each output, for this call alone.
  ///
  /// @param probes 1 x outputs for all vectors alike, n x outputs for each its own, or null for none
  /// @throws UnsupportedOperationException if probes are given and the tile is not capable of [Capability#BIAS_PROBE]
  void forward(Batch x, Batch probes, Batch y);

  /// x = d Wᵀ, as the hardware does it from its outputs to its inputs, without bias.
  ///
  /// A vector is scaled by its own largest entry to the range of the hardware and back, so offsets, steps and noise of what
  /// comes out grow with that entry. Offsets belong to the inputs: half the difference of reads of `d` and of `-d` has none.
  ///
  /// @param d n x outputs, of either sign and any size
  /// @param x n x inputs, in units of weight times `d`
  /// @throws UnsupportedOperationException if the tile is not capable of [Capability#TRANSPOSE]
  default void transpose(Batch d, Batch x) {
    throw new UnsupportedOperationException("this tile cannot be read from outputs to inputs");
  }

  /// The bias of each output, held digitally and added by the hardware.
  float[] bias();

  /// Sets the bias of each output; values beyond [#biasLimit] are set to it.
  void setBias(float[] bias);

  /// The largest bias plus probe, either sign.
  double biasLimit();

  /// Changes the weights.
  ///
  /// @return the fraction of cells that are where they should be, as far as that was verified; 1 for open-loop updates
  /// @throws UnsupportedOperationException if the tile has no such update
  double apply(WeightUpdate update);

  /// The weights as they were meant: what all updates so far add up to if each did what it was asked, inputs x outputs. No
  /// read is spent on it, and it knows nothing of the chip's own errors.
  Batch nominalWeights();

  /// The weights as the digital side can know them by measuring, inputs x outputs.
  ///
  /// @param repeats reads averaged for each
  Batch measureWeights(int repeats);

  /// The largest weight, either sign; infinite for exact weights.
  double weightLimit();

  /// The nominal change of a weight by one pulse; 0 for exact weights.
  double weightStep();
}
