package org.mortal.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// The way of vectors through a tile's arrays from columns to rows: the mirror of a forward product.
///
/// Each vector is brought to the range of the converters by its own largest entry and back again digitally, so that small
/// errors are read as well as large ones. Row blocks lie side by side, column blocks are added digitally.
final class TransposedReads {
  private final Chip chip;
  private final TileLayout layout;
  private final Geometry geometry;
  private final double volts;
  private final double ampsPerUnit;
  private final Kernels kernels;

  /// What drives the columns, by column block.
  private List<Batch> driven = List.of();

  /// What came out of the rows, by block.
  private List<Batch> amps = List.of();

  /// @param volts the highest that a column may be given, either sign
  /// @param ampsPerUnit amperes at a row that make one unit, for a largest entry of 1
  TransposedReads(
      Chip chip,
      TileLayout layout,
      Geometry geometry,
      double volts,
      double ampsPerUnit,
      Kernels kernels) {
    this.chip = chip;
    this.layout = layout;
    this.geometry = geometry;
    this.volts = volts;
    this.ampsPerUnit = ampsPerUnit;
    this.kernels = kernels;
  }

  /// Whether the tile's arrays can be read so.
  boolean possible() {
    return chip.arrays().get(layout.blocks().getFirst().array()).canReadTransposed();
  }

  /// x = d Wᵀ, as the hardware does it.
  void read(Batch d, Batch x) {
    if (amps.isEmpty() || amps.getFirst().rows() != d.rows()) {
      makeRoom(d.rows());
    }
    float[] largest = largest(d);
    kernels.workers().forEach(layout.columnBlocks(), c -> scale(c, d, largest));
    List<Chip.ArrayColumnRead> reads = new ArrayList<>(amps.size());
    for (int b = 0; b < amps.size(); b++) {
      ColumnRead read = new ColumnRead(driven.get(b / layout.rowBlocks()), volts);
      reads.add(new Chip.ArrayColumnRead(layout.blocks().get(b).array(), read, amps.get(b)));
    }
    chip.readTransposed(reads);
    kernels.workers().forEach(layout.rowBlocks(), r -> addPartialSums(r, largest, x));
  }

  private void makeRoom(int vectors) {
    amps = layout.blocks().stream().map(block -> Batch.zeros(vectors, block.inputs())).toList();
    List<Batch> room = new ArrayList<>();
    for (int c = 0; c < layout.columnBlocks(); c++) {
      room.add(Batch.zeros(vectors, layout.sensed(columnBlock(c), geometry)));
    }
    driven = room;
  }

  /// Whether the array itself gives the negative column of a pair the opposite voltage.
  private boolean paired() {
    return geometry.sensing() == Sensing.DIFFERENTIAL;
  }

  private TileLayout.Block columnBlock(int c) {
    return layout.blocks().get(c * layout.rowBlocks());
  }

  /// The largest magnitude in each vector; 1 for a vector of zeros.
  private static float[] largest(Batch d) {
    float[] largest = new float[d.rows()];
    float[] row = new float[d.columns()];
    for (int n = 0; n < largest.length; n++) {
      d.getRow(n, row);
      float most = 0;
      for (float value : row) {
        most = Math.max(most, Math.abs(value));
      }
      largest[n] = most == 0 ? 1 : most;
    }
    return largest;
  }

  private void scale(int columnBlock, Batch d, float[] largest) {
    TileLayout.Block block = columnBlock(columnBlock);
    Batch part = d.columns(block.fromOutput(), block.toOutput());
    Batch target = driven.get(columnBlock);
    float[] row = new float[target.columns()];
    int half = geometry.columns() / 2;
    for (int n = 0; n < d.rows(); n++) {
      part.getRow(n, row);
      for (int j = 0; j < block.outputs(); j++) {
        row[j] /= largest[n];
      }
      for (int j = 0; j < block.outputs() && !paired(); j++) {
        row[half + j] = -row[j];
      }
      target.setRow(n, row);
    }
  }

  private void addPartialSums(int rowBlock, float[] largest, Batch x) {
    TileLayout.Block block = layout.blocks().get(rowBlock);
    Batch part = x.columns(block.fromInput(), block.toInput());
    float[] sums = new float[block.inputs()];
    float[] row = new float[block.inputs()];
    for (int n = 0; n < x.rows(); n++) {
      Arrays.fill(sums, 0f);
      for (int b = rowBlock; b < amps.size(); b += layout.rowBlocks()) {
        amps.get(b).getRow(n, row);
        for (int i = 0; i < row.length; i++) {
          sums[i] += row[i];
        }
      }
      float scale = (float) (largest[n] / ampsPerUnit);
      for (int i = 0; i < sums.length; i++) {
        sums[i] *= scale;
      }
      part.setRow(n, sums);
    }
  }
}
