package org.mortal.tile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// Tiles in exact float32 arithmetic: the yardstick that hardware is measured against.
public final class ExactTileBank implements TileBank {
  private final List<Tile> tiles;
  private long queries;
  private long multiplications;
  private long writes;

  public ExactTileBank(List<Shape> shapes, Kernels kernels) {
    tiles = shapes.stream().<Tile>map(shape -> new ExactTile(shape, kernels)).toList();
  }

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public List<Tile> tiles() {
    return tiles;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.BIAS_PROBE, Capability.TRANSPOSE, Capability.EXACT_WEIGHTS);
  }

  @Override
  public Usage usage() {
    return new Usage(queries, multiplications, 0, writes, 0, 0, 0);
  }

  @Override
  public void close() {
    // Nothing to let go: memory goes with the last reference.
  }

  private final class ExactTile implements Tile {
    private final Shape shape;
    private final Kernels kernels;
    private final Batch weights;
    private float[] bias;

    ExactTile(Shape shape, Kernels kernels) {
      this.shape = shape;
      this.kernels = kernels;
      this.weights = Batch.zeros(shape.inputs(), shape.outputs());
      this.bias = new float[shape.outputs()];
    }

    @Override
    public int inputs() {
      return shape.inputs();
    }

    @Override
    public int outputs() {
      return shape.outputs();
    }

    @Override
    public Set<Capability> capabilities() {
      return ExactTileBank.this.capabilities();
    }

    @Override
    public void forward(Batch x, Batch probes, Batch y) {
      queries += x.rows();
      multiplications += (long) x.rows() * inputs() * outputs();
      kernels.products().multiply(x, weights, y);
      float[] row = new float[outputs()];
      float[] probe = new float[outputs()];
      for (int r = 0; r < y.rows(); r++) {
        y.getRow(r, row);
        if (probes != null) {
          probes.getRow(probes.rows() == 1 ? 0 : r, probe);
        }
        for (int j = 0; j < row.length; j++) {
          row[j] += bias[j] + probe[j];
        }
        y.setRow(r, row);
      }
    }

    @Override
    public void transpose(Batch d, Batch x) {
      queries += d.rows();
      multiplications += (long) d.rows() * inputs() * outputs();
      kernels.products().multiplyRightTransposed(d, weights, x);
    }

    @Override
    public float[] bias() {
      return bias.clone();
    }

    @Override
    public void setBias(float[] values) {
      if (values.length != outputs()) {
        throw new IllegalArgumentException(
            "a bias has one entry for each of %d outputs, not %d"
                .formatted(outputs(), values.length));
      }
      bias = values.clone();
    }

    @Override
    public double biasLimit() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public double apply(WeightUpdate update) {
      switch (update) {
        case WeightUpdate.Increment(var delta) -> add(delta);
        case WeightUpdate.Program(var target, var _) -> weights.copyFrom(target);
        case WeightUpdate.Pulses _ ->
            throw new UnsupportedOperationException("exact weights are not changed by pulses");
      }
      writes += (long) inputs() * outputs();
      return 1;
    }

    private void add(Batch delta) {
      float[] row = new float[outputs()];
      float[] change = new float[outputs()];
      for (int r = 0; r < weights.rows(); r++) {
        weights.getRow(r, row);
        delta.getRow(r, change);
        for (int j = 0; j < row.length; j++) {
          row[j] += change[j];
        }
        weights.setRow(r, row);
      }
    }

    @Override
    public Batch nominalWeights() {
      return measureWeights(1);
    }

    @Override
    public Batch measureWeights(int repeats) {
      Batch copy = Batch.zeros(inputs(), outputs());
      copy.copyFrom(weights);
      return copy;
    }

    @Override
    public double weightLimit() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public double weightStep() {
      return 0;
    }
  }
}
