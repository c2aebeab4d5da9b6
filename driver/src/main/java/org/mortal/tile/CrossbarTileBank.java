package org.mortal.tile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Kernels;

/// Spreads the matrices of a network over the arrays of one chip.
public final class CrossbarTileBank implements TileBank {
  private final Chip chip;
  private final String name;
  private final List<Tile> tiles = new ArrayList<>();
  private final Telemetry before;

  /// Takes arrays from the first on, as many as the shapes need.
  ///
  /// @param name for reports
  /// @throws ChipException with the count if the chip has too few
  public CrossbarTileBank(
      Chip chip, String name, List<Shape> shapes, WeightMapping mapping, Kernels kernels) {
    this.chip = chip;
    this.name = name;
    this.before = chip.telemetry();
    Crossbar first = chip.arrays().get(0);
    List<TileLayout> layouts = new ArrayList<>();
    int needed = 0;
    for (Shape shape : shapes) {
      TileLayout layout = TileLayout.of(shape, first.geometry(), needed);
      needed += layout.blocks().size();
      layouts.add(layout);
    }
    if (needed > chip.arrays().size()) {
      throw new ChipException(new Fault.TooFewArrays(chip.id(), needed, chip.arrays().size()));
    }
    for (TileLayout layout : layouts) {
      tiles.add(new CrossbarTile(chip, layout, mapping, kernels));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Tile> tiles() {
    return List.copyOf(tiles);
  }

  /// Where each tile lies on the chip, in the order of [#tiles]: for oracles that know the chip's hidden truth.
  public List<TileLayout> layouts() {
    return tiles.stream().map(tile -> ((CrossbarTile) tile).layout()).toList();
  }

  /// Amperes at an array's output that make one unit at a tile's output.
  public double ampsPerUnit() {
    return ((CrossbarTile) tiles.get(0)).ampsPerUnit();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> common = EnumSet.allOf(Capability.class);
    tiles.forEach(tile -> common.retainAll(tile.capabilities()));
    return common;
  }

  @Override
  public Usage usage() {
    Telemetry used = chip.telemetry().since(before);
    long queries = 0;
    long multiplications = 0;
    for (Tile tile : tiles) {
      long own = ((CrossbarTile) tile).queries();
      queries += own;
      multiplications += own * tile.inputs() * tile.outputs();
    }
    return new Usage(
        queries,
        multiplications,
        used.arrayReads(),
        used.cellWrites(),
        used.pulses(),
        used.energyJoules(),
        used.busySeconds());
  }

  @Override
  public void close() {
    chip.close();
  }
}
