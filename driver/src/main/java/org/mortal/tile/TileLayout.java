package org.mortal.tile;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;

/// Which part of a matrix lies on which array.
///
/// Inputs and outputs are split evenly, so that no array's sense amplifiers carry much more current than another's.
///
/// @param shape the matrix
/// @param rowBlocks arrays that an output is summed over
/// @param columnBlocks arrays side by side
/// @param blocks one per array, row blocks of the first column block first
public record TileLayout(
    TileBank.Shape shape, int rowBlocks, int columnBlocks, List<Block> blocks) {

  /// One array's part.
  ///
  /// @param array its place on the chip
  /// @param fromInput first input (inclusive) on its rows, from row 0 on
  /// @param fromOutput first output (inclusive) on its column pairs, from pair 0 on
  public record Block(int array, int fromInput, int toInput, int fromOutput, int toOutput) {
    public int inputs() {
      return toInput - fromInput;
    }

    public int outputs() {
      return toOutput - fromOutput;
    }
  }

  /// The layout of `shape` on arrays of `geometry`, from array `firstArray` on.
  static TileLayout of(TileBank.Shape shape, Geometry geometry, int firstArray) {
    if (geometry.columns() < 2) {
      throw new IllegalArgumentException(
          "signed weights lie on pairs of columns, the arrays have one");
    }
    int rowBlocks = Math.ceilDiv(shape.inputs(), geometry.rows());
    int columnBlocks = Math.ceilDiv(shape.outputs(), geometry.columns() / 2);
    List<Block> blocks = new ArrayList<>();
    for (int c = 0; c < columnBlocks; c++) {
      for (int r = 0; r < rowBlocks; r++) {
        blocks.add(
            new Block(
                firstArray + blocks.size(),
                part(shape.inputs(), r, rowBlocks),
                part(shape.inputs(), r + 1, rowBlocks),
                part(shape.outputs(), c, columnBlocks),
                part(shape.outputs(), c + 1, columnBlocks)));
      }
    }
    return new TileLayout(shape, rowBlocks, columnBlocks, List.copyOf(blocks));
  }

  /// Outputs that one read of a block concerns: on a single-ended array both halves of its pairs.
  int sensed(Block block, Geometry geometry) {
    return geometry.sensing() == Sensing.DIFFERENTIAL ? block.outputs() : geometry.columns();
  }

  private static int part(int size, int index, int count) {
    return (int) ((long) size * index / count);
  }
}
