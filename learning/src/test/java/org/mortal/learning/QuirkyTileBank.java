package org.mortal.learning;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.tile.Capability;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;
import org.mortal.tile.WeightUpdate;

/// Tiles that saturate and are noisy, written by whole pulses: a chip as far as learning can tell.
///
/// Output j is `S tanh(gain_j (x W + bias_j) / S)` plus noise addressed by the running number of
/// the vector, so the bits do not depend on threads or batches. Gains run evenly from 0.8 to 1.2. A transposed read does the same
/// to each vector divided by its largest entry.
public final class QuirkyTileBank implements TileBank {
  public static final double STEP = 0.004;
  private static final float BIAS_LIMIT = 4;

  private final List<Tile> tiles;
  private List<Tile> spares = List.of();
  private double asymmetry;
  private final Set<Capability> capabilities;
  private final float saturation;
  private final float noise;
  private final Kernels kernels;
  private long queries;
  private long pulses;

  /// @param noise standard deviation of an output
  public QuirkyTileBank(
      List<Shape> shapes,
      double saturation,
      double noise,
      Set<Capability> capabilities,
      Kernels kernels) {
    this.saturation = (float) saturation;
    this.noise = (float) noise;
    this.capabilities = capabilities;
    this.kernels = kernels;
    this.tiles = shapes.stream().<Tile>map(QuirkyTile::new).toList();
  }

  /// A bank that can do what a usual chip can.
  public QuirkyTileBank(List<Shape> shapes, double saturation, double noise, Kernels kernels) {
    this(
        shapes,
        saturation,
        noise,
        EnumSet.of(Capability.PULSES, Capability.BIAS_PROBE, Capability.TRANSPOSE),
        kernels);
  }

  /// Tiles with spares, of weights whose steps shrink to nothing at -1 and 1, and differ up and down: between pulses of both
  /// kinds a weight goes to a place of its own, normal about 0 with this standard deviation.
  static QuirkyTileBank softBounds(List<Shape> shapes, double asymmetry, Kernels kernels) {
    QuirkyTileBank bank = new QuirkyTileBank(shapes, 2, 0.05, kernels);
    bank.asymmetry = asymmetry;
    bank.spares = shapes.stream().<Tile>map(shape -> bank.new QuirkyTile(shape)).toList();
    return bank;
  }

  /// The gain of output `j` of `outputs`.
  public static float gain(int j, int outputs) {
    return outputs == 1 ? 1 : 0.8f + 0.4f * j / (outputs - 1);
  }

  @Override
  public String name() {
    return "quirky";
  }

  @Override
  public List<Tile> tiles() {
    return tiles;
  }

  @Override
  public List<Tile> spares() {
    return spares;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /// Nothing flows here, whoever asks.
  @Override
  public List<Batch> powerSlopes(Batch x, Batch held) {
    return List.of();
  }

  @Override
  public Usage usage() {
    return new Usage(queries, 0, queries, pulses, pulses, 0, 0);
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private final class QuirkyTile implements Tile {
    private final Batch weights;
    private float[] bias;
    private long vectors;
    private long vectorsBack;

    QuirkyTile(Shape shape) {
      weights = Batch.zeros(shape.inputs(), shape.outputs());
      bias = new float[shape.outputs()];
    }

    @Override
    public int inputs() {
      return weights.rows();
    }

    @Override
    public int outputs() {
      return weights.columns();
    }

    @Override
    public Set<Capability> capabilities() {
      return capabilities;
    }

    @Override
    public void forward(Batch x, Batch probes, Batch y) {
      queries += x.rows();
      kernels.products().multiply(x, weights, y);
      long first = vectors;
      vectors += x.rows();
      kernels.workers().forEach(x.rows(), n -> bend(n, first, probes, y));
    }

    private void bend(int n, long first, Batch probes, Batch y) {
      Philox random = new Philox(Philox.key(first + n, outputs(), inputs()));
      float[] row = new float[outputs()];
      y.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        float probe = probes == null ? 0 : probes.get(probes.rows() == 1 ? 0 : n, j);
        float linear = row[j] + bias[j] + probe;
        double bent = Math.tanh(gain(j, row.length) * linear / saturation);
        row[j] = (float) (saturation * bent + noise * random.nextGaussian());
      }
      y.setRow(n, row);
    }

    /// Saturates and is noisy by the scale of each vector, with the gains of as many outputs as there are inputs.
    @Override
    public void transpose(Batch d, Batch x) {
      queries += d.rows();
      kernels.products().multiplyRightTransposed(d, weights, x);
      long first = vectorsBack;
      vectorsBack += d.rows();
      kernels.workers().forEach(d.rows(), n -> bendBack(n, first, d, x));
    }

    private void bendBack(int n, long first, Batch d, Batch x) {
      Philox random = new Philox(Philox.key(first + n, inputs(), -outputs()));
      float scale = 0;
      for (int j = 0; j < outputs(); j++) {
        scale = Math.max(scale, Math.abs(d.get(n, j)));
      }
      for (int i = 0; i < inputs() && scale > 0; i++) {
        double linear = gain(i, inputs()) * x.get(n, i) / scale;
        double bent = saturation * Math.tanh(linear / saturation);
        x.set(n, i, (float) (scale * (bent + noise * random.nextGaussian())));
      }
    }

    @Override
    public float[] bias() {
      return bias.clone();
    }

    @Override
    public void setBias(float[] values) {
      bias = values.clone();
    }

    @Override
    public double biasLimit() {
      return capabilities.contains(Capability.BIAS_PROBE) ? BIAS_LIMIT : 0;
    }

    @Override
    public double apply(WeightUpdate update) {
      switch (update) {
        case WeightUpdate.Pulses(var counts) -> {
          for (int i = 0; i < counts.length; i++) {
            add(i / outputs(), i % outputs(), counts[i]);
          }
        }
        case WeightUpdate.Increment(var change) -> {
          for (int i = 0; i < inputs(); i++) {
            for (int j = 0; j < outputs(); j++) {
              add(i, j, Math.round(change.get(i, j) / STEP));
            }
          }
        }
        case WeightUpdate.Program(var target, var _) -> weights.copyFrom(target);
      }
      return 1;
    }

    private void add(int i, int j, long count) {
      pulses += Math.abs(count);
      if (asymmetry > 0) {
        addSoftly(i, j, count);
        return;
      }
      weights.set(i, j, (float) (weights.get(i, j) + count * STEP));
    }

    private void addSoftly(int i, int j, long count) {
      double place = asymmetry * new Philox(Philox.key(i, j, outputs())).nextGaussian();
      double weight = weights.get(i, j);
      for (int n = 0; n < Math.abs(count); n++) {
        weight +=
            count > 0 ? STEP * (1 + place) * (1 - weight) : -STEP * (1 - place) * (1 + weight);
      }
      weights.set(i, j, (float) Math.clamp(weight, -1, 1));
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
      return 100;
    }

    @Override
    public double weightStep() {
      return STEP;
    }
  }
}
