package org.mortal.learning;

import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.tile.Capability;
import org.mortal.tile.ExactTileBank;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;
import org.mortal.tile.WeightUpdate;

/// One tile whose weights all fade with one time constant, without noise: what volatile cells would be if they were perfect.
public final class LeakyTileBank implements TileBank {
  private static final float STEP = 0.002f;

  private final Shape shape;
  private final double seconds;
  private final ExactTileBank exact;
  private final Tile inner;

  public LeakyTileBank(Shape shape, double seconds, Kernels kernels) {
    this.shape = shape;
    this.seconds = seconds;
    this.exact = new ExactTileBank(List.of(shape), kernels);
    this.inner = exact.tiles().getFirst();
  }

  @Override
  public String name() {
    return "leaky";
  }

  @Override
  public List<Tile> tiles() {
    return List.of(new LeakyTile());
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PULSES);
  }

  @Override
  public Usage usage() {
    return exact.usage();
  }

  @Override
  public void pause(double passed) {
    float left = (float) Math.exp(-passed / seconds);
    Batch weights = inner.measureWeights(1);
    float[] row = new float[shape.outputs()];
    for (int i = 0; i < shape.inputs(); i++) {
      weights.getRow(i, row);
      for (int j = 0; j < row.length; j++) {
        row[j] *= left;
      }
      weights.setRow(i, row);
    }
    inner.apply(new WeightUpdate.Program(weights, 0));
  }

  @Override
  public void close() {
    exact.close();
  }

  private final class LeakyTile implements Tile {
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
      return LeakyTileBank.this.capabilities();
    }

    @Override
    public void forward(Batch x, Batch probes, Batch y) {
      inner.forward(x, probes, y);
    }

    @Override
    public float[] bias() {
      return inner.bias();
    }

    @Override
    public void setBias(float[] bias) {
      inner.setBias(bias);
    }

    @Override
    public double biasLimit() {
      return 0;
    }

    @Override
    public double apply(WeightUpdate update) {
      if (!(update instanceof WeightUpdate.Pulses(var counts))) {
        throw new UnsupportedOperationException("written by pulses alone");
      }
      Batch change = Batch.zeros(shape.inputs(), shape.outputs());
      for (int i = 0; i < counts.length; i++) {
        change.set(i / shape.outputs(), i % shape.outputs(), counts[i] * STEP);
      }
      return inner.apply(new WeightUpdate.Increment(change));
    }

    @Override
    public Batch nominalWeights() {
      return inner.nominalWeights();
    }

    @Override
    public Batch measureWeights(int repeats) {
      return inner.measureWeights(repeats);
    }

    @Override
    public double weightLimit() {
      return 0.5;
    }

    @Override
    public double weightStep() {
      return STEP;
    }
  }
}
