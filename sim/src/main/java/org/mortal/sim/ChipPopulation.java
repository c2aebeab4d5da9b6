package org.mortal.sim;

import java.nio.file.Files;
import org.mortal.kernel.Kernels;

/// All chips of a profile: each seed is one chip with a serial number and quirks of its own.
public record ChipPopulation(ChipProfile profile) {

  /// Arrays of a chip whose number was not stated: more than any network of this size of machine needs.
  static final int AS_NEEDED = 4096;

  /// Chip `seed`, new, with as many arrays as are asked for.
  public SimChip chip(long seed, Kernels kernels) {
    return chip(seed, ChipOptions.NEW, kernels);
  }

  /// Chip `seed`, new, with a stated number of arrays.
  public SimChip chip(long seed, int arrays, Kernels kernels) {
    return chip(seed, new ChipOptions(arrays, false, null), kernels);
  }

  /// Chip `seed`, as the options say.
  ///
  /// @throws ProfileException if the file of its state is another chip's, or damaged, or lies where nothing can be kept
  public SimChip chip(long seed, ChipOptions options, Kernels kernels) {
    SimChip chip = new SimChip(profile, seed, options, kernels);
    if (options.state() != null) {
      ChipState.checkPlace(options.state());
      if (Files.exists(options.state())) {
        ChipState.restore(chip, options.state());
      }
    }
    return chip;
  }
}
