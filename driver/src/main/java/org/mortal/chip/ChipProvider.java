package org.mortal.chip;

import java.util.List;
import org.mortal.kernel.Kernels;

/// Opens the chips of one address scheme. Found by [java.util.ServiceLoader].
public interface ChipProvider {

  /// A kind of chip that can be opened, for listings.
  ///
  /// @param source the paper or data sheet its figures come from
  record Preset(String name, String description, String source) {}

  /// The part of an address before the colon.
  String scheme();

  /// @throws ChipException if the address names no chip of this scheme
  Chip open(ChipAddress address, Kernels kernels);

  List<Preset> presets();
}
