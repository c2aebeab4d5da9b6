package org.mortal.bench.train;

import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;

/// Opens chips by address: as [org.mortal.chip.Chips] does, or with something around them.
@FunctionalInterface
public interface ChipOpener {

  /// @throws org.mortal.chip.ChipException if there is no such chip
  Chip open(String address, Kernels kernels);
}
