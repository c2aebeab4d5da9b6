package org.mortal.bench.transfer;

import org.mortal.learning.Layer;
import org.mortal.learning.Lesson;
import org.mortal.learning.Network;
import org.mortal.tile.Tile;

/// What it takes to send a network's weights: as many bits for each as tell its steps apart, 32 for a number that is digital.
///
/// @param tiles for the weights on hardware and their biases
/// @param heads for the digital heads
public record Bits(long tiles, long heads) {
  private static final int DIGITAL = Float.SIZE;

  static Bits of(Network network) {
    long tiles = 0;
    long heads = 0;
    for (Layer layer : network.layers()) {
      Tile tile = layer.tile();
      tiles += (long) tile.inputs() * tile.outputs() * ofWeight(tile);
      tiles += (long) tile.outputs() * DIGITAL;
      heads += (layer.head().weights().length() + layer.head().bias().length()) * DIGITAL;
    }
    return new Bits(tiles, heads);
  }

  private static int ofWeight(Tile tile) {
    if (tile.weightStep() == 0) {
      return DIGITAL;
    }
    double steps = 2 * tile.weightLimit() / tile.weightStep();
    return Math.max(1, (int) Math.ceil(Math.log(steps) / Math.log(2)));
  }

  /// For a copy of all.
  public long copy() {
    return tiles + heads;
  }

  /// For what a way takes beside its lesson.
  long with(Way way) {
    if (way.copied()) {
      return copy();
    }
    return way.lesson() == Lesson.Kind.ACTIVITIES ? heads : 0;
  }
}
