package org.mortal.learning;

/// What a rule asks to see or touch of a network on hardware. What it did not ask for, it is refused.
public enum Access {
  /// The outputs of the last layer only.
  OUTPUTS,

  /// The outputs of every layer.
  LAYER_OUTPUTS,

  /// A bias injected at every neuron.
  BIAS_PROBE,

  /// The hardware read the other way round, from a layer's outputs to its inputs.
  TRANSPOSED_READS,

  /// The outputs of the last layer held at potentials, where all layers settle as one circuit.
  HELD_OUTPUTS,

  /// The weights as they were meant when they were written, which any digital side can count.
  NOMINAL_WEIGHTS,

  /// Tiles beside the network's own whose weights fade by themselves.
  FAST_WEIGHTS,

  /// Weights changed for the length of a query.
  WEIGHT_JITTER,

  /// The weights themselves, exactly: software only.
  EXACT_WEIGHTS
}
