package org.mortal.learning;

import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;

/// Counts what training asks of the hardware and how long it takes. Always on.
///
/// Reads for validation and testing are kept apart from those for training.
public final class Meter {
  private final TileBank bank;
  private Usage training = Usage.ZERO;
  private Usage evaluation = Usage.ZERO;
  private double trainingSeconds;
  private Usage mark;
  private long markNanos;

  public Meter(TileBank bank) {
    this.bank = bank;
    this.mark = bank.usage();
    this.markNanos = System.nanoTime();
  }

  /// Books everything since the last booking as training.
  public void bookTraining() {
    trainingSeconds += lap();
    training = training.plus(take());
  }

  /// Books everything since the last booking as evaluation.
  public void bookEvaluation() {
    lap();
    evaluation = evaluation.plus(take());
  }

  private Usage take() {
    Usage now = bank.usage();
    Usage used = now.since(mark);
    mark = now;
    return used;
  }

  private double lap() {
    long now = System.nanoTime();
    double seconds = (now - markNanos) * 1e-9;
    markNanos = now;
    return seconds;
  }

  public Usage training() {
    return training;
  }

  public Usage evaluation() {
    return evaluation;
  }

  /// Wall time spent training.
  public double trainingSeconds() {
    return trainingSeconds;
  }
}
