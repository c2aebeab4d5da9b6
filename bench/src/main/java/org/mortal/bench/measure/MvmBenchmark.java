package org.mortal.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mortal.chip.Chip;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.PlainProducts;
import org.mortal.sim.SimChip;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightMapping;
import org.mortal.tile.WeightUpdate;

/// Times products on chips against the bare product of the same shape.
///
/// All chips at one batch size take turns with the bare product in the same rounds, after all of
/// them are warm.
/// The bare product runs on all threads and on one; whichever has the lower median counts, so that
/// a tile is never flattered by a slow yardstick.
public final class MvmBenchmark {
  /// Rounds that medians and quartiles are taken over.
  public static final int ROUNDS = 61;

  private static final Duration WARM_UP = Duration.ofMillis(600);

  /// Bare products that a tile of the default chip may take at most, in a batch and alone.
  private static final double BATCH_GOAL = 2.5;

  private static final double VECTOR_GOAL = 4;
  private static final double WEIGHT_LIMIT = 0.5;
  private static final double WEIGHT_DEVIATION = 0.05;

  /// Vectors that the cost of one is a mean of.
  private static final int COST_VECTORS = 128;

  private final Kernels kernels;
  private final long seed;
  private final Runnable step;
  private final Rounds rounds;

  /// A tile beside the bare product; the names are those of the command line's JSON.
  ///
  /// @param chip its address
  /// @param size inputs, and outputs
  /// @param batch vectors
  /// @param bareMillis median time of the bare product
  /// @param tileMillis median time of the tile
  /// @param ratio median over the rounds of tile to bare, both of one round
  /// @param ratioQ1 first quartile of that
  /// @param ratioQ3 third quartile
  /// @param limit products of this shape that the chip's physics needs: one for the currents, one
  ///     more where read noise grows with the conductance
  /// @param goal the ratio that we want to stay below
  /// @param bareGflops what the bare product reaches
  /// @param bare which bare product was the faster
  public record Row(
      String chip,
      int size,
      int batch,
      double bareMillis,
      double tileMillis,
      double ratio,
      double ratioQ1,
      double ratioQ3,
      int limit,
      double goal,
      double bareGflops,
      String bare) {}

  /// Plain Java loops beside the bare product: what the library gains.
  public record Plain(
      int size,
      int batch,
      double bareMillis,
      double plainMillis,
      double ratio,
      double ratioQ1,
      double ratioQ3) {}

  /// @param rows one for each batch size and chip
  /// @param library one for each batch size
  /// @param costs one for each simulated chip
  public record Result(List<Row> rows, List<Plain> library, List<AnalogCost> costs) {}

  private record Beside(double millis, double ratio, double ratioQ1, double ratioQ3) {}

  /// @param bare the faster bare product
  /// @param bareSeconds of each round
  /// @param seconds of each piece of work and round
  private record Timed(String bare, double[] bareSeconds, double[][] seconds) {
    double bareMillis() {
      return 1e3 * Quantiles.of(bareSeconds, 0.5);
    }

    Beside beside(int work) {
      double[] ratios = new double[bareSeconds.length];
      for (int r = 0; r < ratios.length; r++) {
        ratios[r] = seconds[work][r] / bareSeconds[r];
      }
      return new Beside(
          1e3 * Quantiles.of(seconds[work], 0.5),
          Quantiles.of(ratios, 0.5),
          Quantiles.of(ratios, 0.25),
          Quantiles.of(ratios, 0.75));
    }
  }

  /// @param seed what weights and inputs are drawn from
  /// @param step called after each round
  public MvmBenchmark(Kernels kernels, long seed, Runnable step) {
    this(kernels, seed, step, new Rounds(ROUNDS, WARM_UP));
  }

  MvmBenchmark(Kernels kernels, long seed, Runnable step, Rounds rounds) {
    this.kernels = kernels;
    this.seed = seed;
    this.step = step;
    this.rounds = rounds;
  }

  /// Measures every chip and the plain loops at every batch size.
  ///
  /// @param chips by address
  /// @throws org.mortal.chip.ChipException if a chip has too few arrays
  public Result run(Map<String, Chip> chips, int size, List<Integer> batches) {
    Batch weights = weights(size);
    Map<String, Tile> tiles = new LinkedHashMap<>();
    List<AnalogCost> costs = new ArrayList<>();
    chips.forEach((name, chip) -> {
      CrossbarTileBank bank = bank(name, chip, weights);
      tiles.put(name, bank.tiles().getFirst());
      if (chip.bare() instanceof SimChip sim) {
        costs.add(AnalogCost.measure(name, sim, bank, inputs(COST_VECTORS, size)));
      }
    });
    List<Row> rows = new ArrayList<>();
    for (int batch : batches) {
      rows.addAll(tileRows(chips, tiles, weights, inputs(batch, size)));
    }
    // Apart from the tiles, on which the garbage of these loops would weigh.
    List<Plain> library = new ArrayList<>();
    for (int batch : batches) {
      library.add(plainRow(weights, inputs(batch, size)));
    }
    return new Result(rows, library, costs);
  }

  private List<Row> tileRows(
      Map<String, Chip> chips, Map<String, Tile> tiles, Batch weights, Batch x) {
    int batch = x.rows();
    int size = weights.rows();
    Batch y = Batch.zeros(batch, size);
    Timed timed =
        time(
            weights, x, tiles.values().stream().<Runnable>map(t -> () -> t.forward(x, y)).toList());
    List<Row> rows = new ArrayList<>();
    for (String name : tiles.keySet()) {
      Beside tile = timed.beside(rows.size());
      rows.add(
          new Row(
              name,
              size,
              batch,
              timed.bareMillis(),
              tile.millis(),
              tile.ratio(),
              tile.ratioQ1(),
              tile.ratioQ3(),
              productsNeeded(chips.get(name)),
              batch == 1 ? VECTOR_GOAL : BATCH_GOAL,
              2.0 * batch * size * size / (timed.bareMillis() * 1e6),
              timed.bare()));
    }
    return rows;
  }

  private Plain plainRow(Batch weights, Batch x) {
    Batch y = Batch.zeros(x.rows(), weights.columns());
    PlainProducts loops = new PlainProducts();
    Timed timed = time(weights, x, List.of(() -> loops.multiply(x, weights, y)));
    Beside plain = timed.beside(0);
    return new Plain(
        x.columns(),
        x.rows(),
        timed.bareMillis(),
        plain.millis(),
        plain.ratio(),
        plain.ratioQ1(),
        plain.ratioQ3());
  }

  /// Times `work` together with both bare products.
  private Timed time(Batch weights, Batch x, List<Runnable> work) {
    Batch y = Batch.zeros(x.rows(), weights.columns());
    List<Runnable> pieces = new ArrayList<>();
    pieces.add(() -> kernels.products().multiply(x, weights, y));
    pieces.add(() -> kernels.single().multiply(x, weights, y));
    pieces.addAll(work);
    double[][] seconds = rounds.time(pieces, step);
    boolean shared = Quantiles.of(seconds[0], 0.5) <= Quantiles.of(seconds[1], 0.5);
    return new Timed(
        (shared ? kernels.products() : kernels.single()).description(),
        shared ? seconds[0] : seconds[1],
        Arrays.copyOfRange(seconds, 2, seconds.length));
  }

  private CrossbarTileBank bank(String name, Chip chip, Batch weights) {
    TileBank.Shape shape = new TileBank.Shape(weights.rows(), weights.columns());
    // Not closed: that would close the chip, which is the caller's.
    CrossbarTileBank bank =
        new CrossbarTileBank(
            chip, name, List.of(shape), new WeightMapping.DifferentialPair(WEIGHT_LIMIT), kernels);
    bank.tiles().getFirst().apply(new WeightUpdate.Increment(weights));
    return bank;
  }

  private static int productsNeeded(Chip chip) {
    return chip.bare() instanceof SimChip sim && sim.profile().cells().readNoise().relative() > 0
        ? 2
        : 1;
  }

  private Batch weights(int size) {
    RandomGenerator random = new Philox(Philox.key(seed, 0));
    Batch weights = Batch.zeros(size, size);
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double weight = WEIGHT_DEVIATION * random.nextGaussian();
        weights.set(r, c, (float) Math.clamp(weight, -WEIGHT_LIMIT, WEIGHT_LIMIT));
      }
    }
    return weights;
  }

  /// From 0 to 1, about half of them 0, as activations are after a rectifier.
  private Batch inputs(int batch, int size) {
    RandomGenerator random = new Philox(Philox.key(seed, 1));
    Batch inputs = Batch.zeros(batch, size);
    for (int r = 0; r < batch; r++) {
      for (int c = 0; c < size; c++) {
        inputs.set(r, c, Math.max(0f, 2 * random.nextFloat() - 1));
      }
    }
    return inputs;
  }
}
