package org.mortal.sim;

import org.mortal.kernel.Kernels;

/// All chips of a profile: each seed is one chip with a serial number and quirks of its own.
public record ChipPopulation(ChipProfile profile) {

  /// Arrays of a chip whose number was not stated: more than any network of this size of machine needs.
  static final int AS_NEEDED = 4096;

  /// Chip `seed`, with as many arrays as are asked for.
  public SimChip chip(long seed, Kernels kernels) {
    return new SimChip(profile, seed, AS_NEEDED, false, kernels);
  }

  /// Chip `seed` with a stated number of arrays.
  public SimChip chip(long seed, int arrays, Kernels kernels) {
    return new SimChip(profile, seed, arrays, true, kernels);
  }
}
