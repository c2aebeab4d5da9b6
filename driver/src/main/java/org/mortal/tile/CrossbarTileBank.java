package org.mortal.tile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
  private final List<Tile> tiles;
  private final List<Tile> spares;
  private final Telemetry before;

  /// Takes arrays from the first on, as many as the shapes need.
  ///
  /// @param name for reports
  /// @throws ChipException with the count if the chip has too few
  public CrossbarTileBank(
      Chip chip, String name, List<Shape> shapes, WeightMapping mapping, Kernels kernels) {
    this(chip, name, shapes, List.of(), mapping, kernels);
  }

  /// The same with [spares][TileBank#spares] behind the network's own tiles, each weight on [one cell][WeightMapping.OneCell].
  ///
  /// @throws ChipException with the count if the chip has too few arrays for both
  public CrossbarTileBank(
      Chip chip,
      String name,
      List<Shape> shapes,
      List<Shape> spareShapes,
      WeightMapping mapping,
      Kernels kernels) {
    this.chip = chip;
    this.name = name;
    this.before = chip.telemetry();
    Crossbar first = chip.arrays().get(0);
    List<TileLayout> layouts = new ArrayList<>();
    int needed = 0;
    for (Shape shape : Stream.concat(shapes.stream(), spareShapes.stream()).toList()) {
      TileLayout layout = TileLayout.of(shape, first.geometry(), needed);
      needed += layout.blocks().size();
      layouts.add(layout);
    }
    if (needed > chip.arrays().size()) {
      throw new ChipException(new Fault.TooFewArrays(chip.id(), needed, chip.arrays().size()));
    }
    if (needed > 0) {
      // The last first: where a calibration leaves arrays out, its complaint then names the whole
      // count.
      chip.arrays().get(needed - 1);
    }
    WeightMapping spare = new WeightMapping.OneCell(mapping.weightLimit());
    this.tiles = tiles(layouts.subList(0, shapes.size()), mapping, kernels);
    this.spares = tiles(layouts.subList(shapes.size(), layouts.size()), spare, kernels);
  }

  private List<Tile> tiles(List<TileLayout> layouts, WeightMapping mapping, Kernels kernels) {
    return layouts.stream()
        .<Tile>map(layout -> new CrossbarTile(chip, layout, mapping, kernels))
        .toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Tile> tiles() {
    return tiles;
  }

  @Override
  public List<Tile> spares() {
    return spares;
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
    for (Tile tile : Stream.concat(tiles.stream(), spares.stream()).toList()) {
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
  public void pause(double seconds) {
    chip.pause(seconds);
  }

  @Override
  public void close() {
    chip.close();
  }
}
