package org.mortal.bench.train;

import java.util.List;
import java.util.Optional;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Kernels;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.ExactTileBank;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightMapping;

/// A network's tiles and the chip they are on.
///
/// @param bank the tiles
/// @param chip the chip, or nothing for exact software
/// @param chipId its serial number, or `exact`
public record Rig(TileBank bank, Optional<Chip> chip, String chipId) implements AutoCloseable {
  /// The weight of a full conductance window. Larger weights would be coarser, since a window has a fixed number of
  /// pulses.
  private static final double WEIGHT_LIMIT = 0.5;

  /// The address of exact software, where a chip's is asked for.
  public static final String EXACT = "exact";

  /// The address of a circuit of resistors that settles as a whole: [ResistorTileBank].
  public static final String RESISTORS = "resistors";

  /// Tiles on what `address` names: a chip, opened by `chips`, or, without spare tiles, [#EXACT] software or
  /// [#RESISTORS].
  ///
  /// @param spares shapes of tiles beside those of the network
  ///
  /// @throws org.mortal.chip.ChipException if there is none, or the network does not fit on it
  public static Rig at(
      ChipOpener chips,
      String address,
      List<TileBank.Shape> shapes,
      List<TileBank.Shape> spares,
      Kernels kernels) {
    return switch (address) {
      case EXACT -> exact(shapes, kernels);
      case RESISTORS -> new Rig(new ResistorTileBank(shapes), Optional.empty(), RESISTORS);
      default -> onChip(chips, address, shapes, spares, kernels);
    };
  }

  /// Tiles on the chip at `address`.
  ///
  /// @throws org.mortal.chip.ChipException if there is none, or the network does not fit on it
  public static Rig onChip(String address, List<TileBank.Shape> shapes, Kernels kernels) {
    return onChip(Chips::open, address, shapes, kernels);
  }

  /// The same, opened by `chips`.
  public static Rig onChip(
      ChipOpener chips, String address, List<TileBank.Shape> shapes, Kernels kernels) {
    return onChip(chips, address, shapes, List.of(), kernels);
  }

  /// The same with spare tiles beside those of the network.
  public static Rig onChip(
      ChipOpener chips,
      String address,
      List<TileBank.Shape> shapes,
      List<TileBank.Shape> spares,
      Kernels kernels) {
    Chip chip = chips.open(address, kernels);
    try {
      WriteMode write = chip.arrays().getFirst().limits().write();
      WeightMapping mapping = WeightMapping.of(write, WEIGHT_LIMIT);
      TileBank bank = new CrossbarTileBank(chip, address, shapes, spares, mapping, kernels);
      return new Rig(bank, Optional.of(chip), chip.id());
    } catch (RuntimeException | Error e) {
      chip.close();
      throw e;
    }
  }

  /// Tiles in exact software.
  public static Rig exact(List<TileBank.Shape> shapes, Kernels kernels) {
    return new Rig(new ExactTileBank(shapes, kernels), Optional.empty(), EXACT);
  }

  @Override
  public void close() {
    bank.close();
  }
}
