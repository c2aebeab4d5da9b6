package org.mortal.bench.measure;

import java.time.Duration;
import java.util.List;

/// Times pieces of work against each other: A B C, A B C, and so on, so that a busy moment of the
/// machine hits all of them alike.
///
/// @param count rounds that are timed
/// @param warmUp how long each piece runs before
record Rounds(int count, Duration warmUp) {
  /// Shorter pieces are repeated until they take as long, else the clock would be measured too.
  private static final double SAMPLE_SECONDS = 2e-3;

  Rounds {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 round is needed, not " + count);
    }
  }

  /// Seconds of one call, for each piece and round.
  ///
  /// @param step called after each round
  double[][] time(List<Runnable> pieces, Runnable step) {
    int[] repeats = new int[pieces.size()];
    for (int p = 0; p < repeats.length; p++) {
      repeats[p] = warmUp(pieces.get(p));
    }
    // Begins with an empty heap on memory that was touched before: fresh pages are slow.
    System.gc();
    double[][] seconds = new double[pieces.size()][count];
    for (int round = 0; round < count; round++) {
      for (int p = 0; p < repeats.length; p++) {
        seconds[p][round] = sample(pieces.get(p), repeats[p]);
      }
      step.run();
    }
    return seconds;
  }

  /// Runs a piece until it is compiled, and finds how many calls make a sample.
  private int warmUp(Runnable piece) {
    long end = System.nanoTime() + warmUp.toNanos();
    double fastest = sample(piece, 1);
    do {
      fastest = Math.min(fastest, sample(piece, 1));
    } while (System.nanoTime() < end);
    return (int) Math.clamp(Math.ceil(SAMPLE_SECONDS / Math.max(fastest, 1e-9)), 1, 1_000_000);
  }

  private static double sample(Runnable piece, int repeats) {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      piece.run();
    }
    return (System.nanoTime() - start) / 1e9 / repeats;
  }
}
