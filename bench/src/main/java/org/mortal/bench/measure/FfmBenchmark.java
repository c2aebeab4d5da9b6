package org.mortal.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Read;
import org.mortal.chip.board.CallComparison;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Times reads of one array through `lib:` against the same C function called from C.
///
/// Both take turns on the same board and the same memory, many short turns, so that a busy moment of the machine hits both alike
/// and spoils few turns.
public final class FfmBenchmark {
  /// Turns that medians and quartiles are taken over.
  public static final int ROUNDS = 401;

  /// Long enough for the compiler to be done with the path.
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  private static final double TURN_NANOS = 1e6;

  private final CallComparison board;
  private final long seed;
  private final int rounds;
  private final long warmUpNanos;
  private final Runnable step;

  /// One batch size; the names are those of the command line's JSON.
  ///
  /// @param vectors in a read
  /// @param javaNanos median time of a read through `lib:`, as every caller in Java makes it
  /// @param cNanos median time of the same read in C
  /// @param differenceNanos median over the turns of the one less the other
  /// @param differencePercent the same in percent of the time in C
  /// @param percentQ1 first quartile of that
  /// @param percentQ3 third quartile
  public record Row(
      int vectors,
      double javaNanos,
      double cNanos,
      double differenceNanos,
      double differencePercent,
      double percentQ1,
      double percentQ3) {}

  /// @param seed what inputs are drawn from
  /// @param step called after each turn
  public FfmBenchmark(CallComparison board, long seed, Runnable step) {
    this(board, seed, step, ROUNDS, WARM_UP_NANOS);
  }

  FfmBenchmark(CallComparison board, long seed, Runnable step, int rounds, long warmUpNanos) {
    this.board = board;
    this.seed = seed;
    this.step = step;
    this.rounds = rounds;
    this.warmUpNanos = warmUpNanos;
  }

  /// Measures every batch size.
  public List<Row> run(List<Integer> batches) {
    List<Row> rows = new ArrayList<>();
    for (int vectors : batches) {
      rows.add(row(vectors));
    }
    return rows;
  }

  private Row row(int vectors) {
    Crossbar crossbar = board.chip().arrays().getFirst();
    Read read = Read.of(inputs(vectors, crossbar));
    Batch amps = Batch.zeros(vectors, crossbar.geometry().outputs());
    int calls = warmUp(crossbar, read, amps);
    double[] java = new double[rounds];
    double[] c = new double[rounds];
    double[] difference = new double[rounds];
    double[] percent = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      // Whoever comes second finds warmer caches, so each does in every other round.
      if (round % 2 == 0) {
        java[round] = nanosInJava(crossbar, read, amps, calls);
        c[round] = board.nanosInC(read, amps, calls);
      } else {
        c[round] = board.nanosInC(read, amps, calls);
        java[round] = nanosInJava(crossbar, read, amps, calls);
      }
      difference[round] = java[round] - c[round];
      percent[round] = 100 * difference[round] / c[round];
      step.run();
    }
    return new Row(
        vectors,
        Quantiles.of(java, 0.5),
        Quantiles.of(c, 0.5),
        Quantiles.of(difference, 0.5),
        Quantiles.of(percent, 0.5),
        Quantiles.of(percent, 0.25),
        Quantiles.of(percent, 0.75));
  }

  /// Runs both until they are compiled, and finds how many calls make a turn.
  private int warmUp(Crossbar crossbar, Read read, Batch amps) {
    long end = System.nanoTime() + warmUpNanos;
    double fastest = Double.POSITIVE_INFINITY;
    do {
      nanosInJava(crossbar, read, amps, 20);
      fastest = Math.min(fastest, board.nanosInC(read, amps, 20));
    } while (System.nanoTime() < end);
    return (int) Math.max(1, TURN_NANOS / fastest);
  }

  private static double nanosInJava(Crossbar crossbar, Read read, Batch amps, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      crossbar.read(read, amps);
    }
    return (double) (System.nanoTime() - start) / calls;
  }

  private Batch inputs(int vectors, Crossbar crossbar) {
    RandomGenerator random = new Philox(Philox.key(seed, vectors));
    Batch inputs = Batch.zeros(vectors, crossbar.geometry().rows());
    for (int n = 0; n < vectors; n++) {
      for (int row = 0; row < inputs.columns(); row++) {
        inputs.set(n, row, (float) (random.nextDouble() * crossbar.limits().maxReadVolts()));
      }
    }
    return inputs;
  }
}
