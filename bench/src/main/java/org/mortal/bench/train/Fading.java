package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.FastTileBank;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightMapping;

/// Chips of cells that forget, beside the one that a network is on.
///
/// @param banks a tile on each, the fastest to forget first
record Fading(List<TileBank> banks) implements AutoCloseable {
  /// For rules without such weights.
  static final Fading NONE = new Fading(List.of());

  /// The weight of a full conductance window.
  private static final double WEIGHT_LIMIT = 0.5;

  /// Tiles on the chips at `addresses`, opened by `chips`. No digital side knows what has become of a cell that forgets, so all
  /// pulses go to one cell of each pair.
  ///
  /// @throws org.mortal.chip.ChipException if there is none at one of them, or the tile does not fit on it
  static Fading open(
      ChipOpener chips, List<String> addresses, TileBank.Shape shape, Kernels kernels) {
    List<TileBank> opened = new ArrayList<>();
    Fading fading = new Fading(opened);
    try {
      for (String address : addresses) {
        opened.add(bank(chips.open(address, kernels), address, shape, kernels));
      }
      return fading;
    } catch (RuntimeException | Error e) {
      fading.close();
      throw e;
    }
  }

  private static TileBank bank(Chip chip, String address, TileBank.Shape shape, Kernels kernels) {
    try {
      WeightMapping mapping = new WeightMapping.OneCell(WEIGHT_LIMIT);
      return new CrossbarTileBank(chip, address, List.of(shape), mapping, kernels);
    } catch (RuntimeException | Error e) {
      chip.close();
      throw e;
    }
  }

  /// A network's own tiles with these beside them.
  TileBank beside(TileBank slow) {
    return new FastTileBank(slow, banks);
  }

  @Override
  public void close() {
    banks.forEach(TileBank::close);
  }
}
