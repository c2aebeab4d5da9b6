package org.mortal.tile;

import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;

/// The tiles of one network on one chip, or their exact software stand-in, with what has been asked of them.
public interface TileBank extends AutoCloseable {

  /// The shape of one tile.
  record Shape(int inputs, int outputs) {
    public Shape {
      if (inputs < 1 || outputs < 1) {
        throw new IllegalArgumentException(
            "a layer has at least one input and one output, not %d x %d"
                .formatted(inputs, outputs));
      }
    }
  }

  /// What the weights live on, for reports: the chip's address, or `exact`.
  String name();

  List<Tile> tiles();

  /// Tiles beside the network's own, for writers that keep something on cells too; none unless they were asked for.
  default List<Tile> spares() {
    return List.of();
  }

  /// Banks beside the network's own whose weights fade by themselves, a tile each, from the fastest to fade to the slowest;
  /// none unless they were asked for.
  default List<TileBank> fading() {
    return List.of();
  }

  /// Lets `seconds` pass in which nothing is asked of these tiles, so that what fades does so by the hardware's own clock. A
  /// board waits in real time; a simulated chip and exact software, which has no clock, go on at once.
  default void pause(double seconds) {}

  /// What every tile can do.
  Set<Capability> capabilities();

  /// Everything asked of the tiles so far.
  Usage usage();

  /// By how much the power that all tiles dissipate together grows with each weight, when they settle as one circuit.
  ///
  /// @param x n x inputs of the first tile
  /// @param held n x outputs of the last tile, which are held there, or null where they settle too
  /// @return for each tile inputs x outputs, summed over the vectors
  /// @throws UnsupportedOperationException if the bank is not capable of [Capability#HELD_OUTPUTS]
  default List<Batch> powerSlopes(Batch x, Batch held) {
    throw new UnsupportedOperationException("the outputs of these tiles cannot be held");
  }

  @Override
  void close();
}
