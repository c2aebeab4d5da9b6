package org.mortal.bench.calibrate;

import java.util.List;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Reads of one array, in the terms of its calibration: shares of the highest read voltage in, what its amplifiers show out.
public final class ArrayReader {
  /// Numbers in one batch: 4 MB.
  private static final int BATCH = 1 << 20;

  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Limits limits;
  private long vectors;

  public ArrayReader(Crossbar crossbar) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
  }

  public Crossbar crossbar() {
    return crossbar;
  }

  public Geometry geometry() {
    return geometry;
  }

  public Limits limits() {
    return limits;
  }

  /// Vectors read so far.
  public long vectors() {
    return vectors;
  }

  /// The ways of sensing in which no column cancels another.
  public List<Read.Sense> halves() {
    return geometry.sensing() == Sensing.SINGLE
        ? List.of(Read.Sense.ALL)
        : List.of(Read.Sense.PLUS, Read.Sense.MINUS);
  }

  /// Cells behind each output.
  int cellsPerOutput(Read.Sense sense) {
    return geometry.sensing() == Sensing.DIFFERENTIAL && sense == Read.Sense.ALL ? 2 : 1;
  }

  /// Reads vectors in their order.
  ///
  /// @param shares of the highest voltage, vectors x rows
  /// @param biasAmps vectors x outputs, or null for none
  /// @return amperes shown, vectors x outputs
  public float[][] read(float[][] shares, float[][] biasAmps, Read.Sense sense) {
    float[][] shown = new float[shares.length][geometry.outputs()];
    int fitting = Math.max(1, BATCH / Math.max(geometry.rows(), geometry.outputs()));
    for (int from = 0; from < shares.length; from += fitting) {
      int count = Math.min(fitting, shares.length - from);
      Batch amps = Batch.zeros(count, geometry.outputs());
      Batch bias = biasAmps == null ? null : part(biasAmps, from, count);
      crossbar.read(new Read(part(shares, from, count), limits.maxReadVolts(), bias, sense), amps);
      for (int n = 0; n < count; n++) {
        amps.getRow(n, shown[from + n]);
      }
    }
    vectors += shares.length;
    return shown;
  }

  private static Batch part(float[][] values, int from, int count) {
    Batch part = Batch.zeros(count, values[0].length);
    for (int n = 0; n < count; n++) {
      part.setRow(n, values[from + n]);
    }
    return part;
  }
}
