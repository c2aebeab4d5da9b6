package org.mortal.learning;

import java.util.Locale;
import java.util.Set;
import org.mortal.tile.Capability;

/// What a rule asks to see or touch of a network on hardware. What it did not ask for, it is refused.
public enum Access {
  /// The outputs of the last layer only.
  OUTPUTS,

  /// The outputs of every layer.
  LAYER_OUTPUTS,

  /// A bias injected at every neuron.
  BIAS_PROBE(Capability.BIAS_PROBE),

  /// The hardware read the other way round, from a layer's outputs to its inputs.
  TRANSPOSED_READS(Capability.TRANSPOSE),

  /// The outputs of the last layer held at potentials, where all layers settle as one circuit.
  HELD_OUTPUTS(Capability.HELD_OUTPUTS),

  /// The weights as they were meant when they were written, which any digital side can count.
  NOMINAL_WEIGHTS,

  /// Tiles beside the network's own whose weights fade by themselves.
  FAST_WEIGHTS(Capability.FAST_WEIGHTS),

  /// Weights changed for the length of a query.
  WEIGHT_JITTER,

  /// The weights themselves, exactly: software only.
  EXACT_WEIGHTS(Capability.EXACT_WEIGHTS);

  private final Set<Capability> capabilities;

  Access(Capability... capabilities) {
    this.capabilities = Set.of(capabilities);
  }

  /// What hardware must be able to do for it.
  Set<Capability> capabilities() {
    return capabilities;
  }

  /// In words, for messages.
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
