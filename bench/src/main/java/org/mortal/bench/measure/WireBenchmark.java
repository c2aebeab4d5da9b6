package org.mortal.bench.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.NodeEquations;
import org.mortal.sim.circuit.network.SparseCholesky;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.circuit.network.TransferMatrix;

/// Times exact reads of arrays with wires against plain reference solves and bare products, all interleaved.
///
/// A plain reference solve is one sparse factorisation and one solution for one vector, both from scratch. A first batch
/// makes the transfer matrix from scratch and multiplies by it; a later batch only multiplies; a changed cell updates the
/// transfer matrix in both its precisions.
public final class WireBenchmark {
  private static final Duration WARM_UP = Duration.ofMillis(600);
  private static final int PRODUCT_ROUNDS = 61;

  /// Up to so many cells, arrays are measured this often; larger ones fewer times.
  private static final int SMALL_CELLS = 128 * 128;

  private static final int SMALL_ROUNDS = 21;
  private static final int LARGE_ROUNDS = 7;

  private static final double LEAST_SIEMENS = 1e-6;
  private static final double MOST_SIEMENS = 1e-4;
  private static final double MOST_VOLTS = 0.2;

  private final Kernels kernels;
  private final long seed;
  private final Runnable step;

  /// One array; the names are those of the command line's JSON. Medians over the rounds, ratios of one round each.
  ///
  /// @param size rows, and columns
  /// @param batch vectors
  /// @param referenceMillis of one plain reference solve
  /// @param firstMillis of a first batch
  /// @param firstInReferences the same in reference solves
  /// @param bareMillis of the bare product
  /// @param laterInBare a later batch in bare products
  /// @param updateMicros of one changed cell
  /// @param firstInUpdates a first batch in changed cells
  /// @param referenceInUpdates a reference solve in changed cells
  /// @param bytes that the transfer matrix holds
  public record Row(
      int size,
      int batch,
      double referenceMillis,
      double firstMillis,
      double firstInReferences,
      double bareMillis,
      double laterInBare,
      double updateMicros,
      double firstInUpdates,
      double referenceInUpdates,
      long bytes) {}

  /// @param seed what conductances and voltages are drawn from
  /// @param step called after each round
  public WireBenchmark(Kernels kernels, long seed, Runnable step) {
    this.kernels = kernels;
    this.seed = seed;
    this.step = step;
  }

  /// Rounds that [#run] makes for arrays of this size.
  public static int rounds(int size) {
    return solveRounds(size) + PRODUCT_ROUNDS;
  }

  private static int solveRounds(int size) {
    return size * size <= SMALL_CELLS ? SMALL_ROUNDS : LARGE_ROUNDS;
  }

  /// Measures one array.
  ///
  /// @param ohms of all its wires
  public Row run(int size, int batch, double ohms) {
    return run(size, batch, ohms, solveRounds(size), PRODUCT_ROUNDS, WARM_UP);
  }

  Row run(int size, int batch, double ohms, int solves, int products, Duration warmUp) {
    Setup setup = new Setup(size, batch, Wires.uniform(ohms));
    double[][] solving =
        new Rounds(solves, warmUp)
            .time(List.of(setup::reference, setup::first, setup::changeOneCell), step);
    double[][] multiplying =
        new Rounds(products, warmUp)
            .time(List.of(setup::bare, setup::bareAlone, setup::later), step);
    double[] bare =
        median(multiplying[0]) <= median(multiplying[1]) ? multiplying[0] : multiplying[1];
    return new Row(
        size,
        batch,
        1e3 * median(solving[0]),
        1e3 * median(solving[1]),
        ratio(solving[1], solving[0]),
        1e3 * median(bare),
        ratio(multiplying[2], bare),
        1e6 * median(solving[2]),
        ratio(solving[1], solving[2]),
        ratio(solving[0], solving[2]),
        setup.map.bytes());
  }

  private static double median(double[] values) {
    return Quantiles.of(values, 0.5);
  }

  private static double ratio(double[] over, double[] under) {
    double[] ratios = new double[over.length];
    Arrays.setAll(ratios, r -> over[r] / under[r]);
    return median(ratios);
  }

  /// An array, its inputs, and each piece of work on them.
  private final class Setup {
    private final int size;
    private final Wires wires;
    private final double[] siemens;
    private final double[] rowVolts;
    private final Batch inputs;
    private final Batch weights;
    private final Batch outputs;
    private final Batch signal;
    private final TransferMatrix map;
    private final RandomGenerator changes;

    Setup(int size, int batch, Wires wires) {
      this.size = size;
      this.wires = wires;
      RandomGenerator random = new Philox(Philox.key(seed, size));
      this.siemens = new double[size * size];
      Arrays.setAll(siemens, k -> random.nextDouble(LEAST_SIEMENS, MOST_SIEMENS));
      this.rowVolts = new double[size];
      Arrays.setAll(rowVolts, i -> random.nextDouble(MOST_VOLTS));
      this.inputs = random(random, batch, MOST_VOLTS);
      this.weights = random(random, size, MOST_SIEMENS);
      this.outputs = Batch.zeros(batch, size);
      this.signal = Batch.zeros(size, size);
      this.map = TransferMatrix.of(siemens, size, size, wires, kernels.workers());
      map.copyTo(signal);
      this.changes = new Philox(Philox.key(seed, size, 1));
    }

    private Batch random(RandomGenerator random, int rows, double most) {
      Batch values = Batch.zeros(rows, size);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < size; c++) {
          values.set(r, c, (float) random.nextDouble(most));
        }
      }
      return values;
    }

    void reference() {
      NodeEquations equations = NodeEquations.read(size, size, wires);
      double[] amps = new double[equations.nodes()];
      double[] volts = new double[equations.nodes()];
      equations.inject(Terminals.read(rowVolts, size), amps, volts);
      SparseCholesky solver = new SparseCholesky(equations);
      solver.conductances(siemens);
      solver.solve(amps, volts);
      equations.columnAmps(siemens, volts);
    }

    void first() {
      TransferMatrix.of(siemens, size, size, wires, kernels.workers()).copyTo(signal);
      kernels.products().multiply(inputs, signal, outputs);
    }

    void later() {
      kernels.products().multiply(inputs, signal, outputs);
    }

    void changeOneCell() {
      double changed = changes.nextDouble(LEAST_SIEMENS, MOST_SIEMENS);
      map.update(new int[] {changes.nextInt(size * size)}, new double[] {changed});
      map.copyTo(signal);
    }

    void bare() {
      kernels.products().multiply(inputs, weights, outputs);
    }

    void bareAlone() {
      kernels.single().multiply(inputs, weights, outputs);
    }
  }
}
