package org.mortal.tile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;

/// The tiles of a network with banks beside them whose weights [fade][TileBank#fading] by themselves, as on chips of volatile
/// cells.
///
/// What is asked of any of them counts as asked of this, all are paused together, and all are closed with it.
public final class FastTileBank implements TileBank {
  private final TileBank slow;
  private final List<TileBank> fading;

  /// @param slow the network's own
  /// @param fading from the fastest to fade to the slowest; none for a network that should do without
  public FastTileBank(TileBank slow, List<TileBank> fading) {
    this.slow = slow;
    this.fading = List.copyOf(fading);
  }

  /// The network's own tiles without those beside them.
  public TileBank slow() {
    return slow;
  }

  @Override
  public String name() {
    return slow.name();
  }

  @Override
  public List<Tile> tiles() {
    return slow.tiles();
  }

  @Override
  public List<Tile> spares() {
    return slow.spares();
  }

  @Override
  public List<TileBank> fading() {
    return fading;
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.of(Capability.FAST_WEIGHTS);
    all.addAll(slow.capabilities());
    return all;
  }

  /// Chips work side by side: their busy seconds add up all the same, as their energy does.
  @Override
  public Usage usage() {
    return fading.stream().map(TileBank::usage).reduce(slow.usage(), Usage::plus);
  }

  @Override
  public List<Batch> powerSlopes(Batch x, Batch held) {
    return slow.powerSlopes(x, held);
  }

  @Override
  public void pause(double seconds) {
    slow.pause(seconds);
    fading.forEach(bank -> bank.pause(seconds));
  }

  @Override
  public void close() {
    try {
      slow.close();
    } finally {
      fading.forEach(TileBank::close);
    }
  }
}
