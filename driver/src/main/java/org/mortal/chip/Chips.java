package org.mortal.chip;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.mortal.kernel.Kernels;

/// Opens chips by address.
public final class Chips {
  private Chips() {}

  /// The chip at `address`, for example `sim:hfox?seed=7`.
  ///
  /// @throws ChipException if there is none
  public static Chip open(String address, Kernels kernels) {
    ChipAddress parsed = ChipAddress.parse(address);
    List<ChipProvider> providers = providers();
    for (ChipProvider provider : providers) {
      if (provider.scheme().equals(parsed.scheme())) {
        return provider.open(parsed, kernels);
      }
    }
    throw new ChipException(
        new Fault.BadAddress(
            address,
            "unknown scheme '%s'; known are %s"
                .formatted(
                    parsed.scheme(),
                    providers.stream()
                        .map(ChipProvider::scheme)
                        .sorted()
                        .collect(Collectors.joining(", ")))));
  }

  /// Whoever can open chips here.
  public static List<ChipProvider> providers() {
    return ServiceLoader.load(ChipProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
