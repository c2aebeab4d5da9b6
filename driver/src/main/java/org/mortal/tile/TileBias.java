package org.mortal.tile;

import java.util.List;
import java.util.stream.IntStream;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// The bias of each output of a tile, and the currents that make it.
final class TileBias {
  private final TileLayout layout;
  private final Geometry geometry;
  private final Limits limits;
  private final double ampsPerUnit;
  private final Kernels kernels;
  private float[] values;

  /// The currents that make `values`, by column block; empty until they are needed.
  private List<Batch> held = List.of();

  TileBias(
      TileLayout layout, Geometry geometry, Limits limits, double ampsPerUnit, Kernels kernels) {
    this.layout = layout;
    this.geometry = geometry;
    this.limits = limits;
    this.ampsPerUnit = ampsPerUnit;
    this.kernels = kernels;
    this.values = new float[layout.shape().outputs()];
  }

  /// The largest bias plus probe, either sign.
  double limit() {
    return layout.rowBlocks() * limits.maxBiasAmps() / ampsPerUnit;
  }

  /// A copy.
  float[] values() {
    return values.clone();
  }

  /// Sets one for each output; those beyond [#limit] are set to it.
  void set(float[] wanted) {
    float limit = (float) limit();
    float[] clipped = wanted.clone();
    for (int j = 0; j < clipped.length; j++) {
      clipped[j] = Math.clamp(clipped[j], -limit, limit);
    }
    values = clipped;
    held = List.of();
  }

  /// Bias currents by column block; without a probe they are kept, for a single vector is sooner read than they are made.
  ///
  /// @return empty where the chip has no bias converter
  List<Batch> amps(Batch probes) {
    if (limits.maxBiasAmps() == 0) {
      return List.of();
    }
    if (probes != null) {
      Batch[] probed = new Batch[layout.columnBlocks()];
      kernels.workers().forEach(probed.length, c -> probed[c] = amps(c, probes));
      return List.of(probed);
    }
    if (held.isEmpty()) {
      Batch none = Batch.zeros(1, values.length);
      held = IntStream.range(0, layout.columnBlocks()).mapToObj(c -> amps(c, none)).toList();
    }
    return held;
  }

  /// Each row block carries an equal share of the bias, so that its limit and the saturation are shared too.
  private Batch amps(int columnBlock, Batch probes) {
    TileLayout.Block block = layout.blocks().get(columnBlock * layout.rowBlocks());
    Batch batch = Batch.zeros(probes.rows(), layout.sensed(block, geometry));
    Batch part = probes.columns(block.fromOutput(), block.toOutput());
    float scale = (float) (ampsPerUnit / layout.rowBlocks());
    float limit = (float) limits.maxBiasAmps();
    float[] amps = new float[batch.columns()];
    for (int n = 0; n < batch.rows(); n++) {
      part.getRow(n, amps);
      for (int j = 0; j < block.outputs(); j++) {
        amps[j] = Math.clamp((values[block.fromOutput() + j] + amps[j]) * scale, -limit, limit);
      }
      batch.setRow(n, amps);
    }
    return batch;
  }
}
