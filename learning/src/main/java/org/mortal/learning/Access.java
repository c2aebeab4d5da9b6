package org.mortal.learning;

/// What a rule asks to see or touch of a network on hardware. What it did not ask for, it is refused.
public enum Access {
  /// The outputs of the last layer only.
  OUTPUTS,

  /// The outputs of every layer.
  LAYER_OUTPUTS,

  /// A bias injected at every neuron.
  BIAS_PROBE,

  /// Weights changed for the length of a query.
  WEIGHT_JITTER,

  /// The weights themselves, exactly: software only.
  EXACT_WEIGHTS
}
