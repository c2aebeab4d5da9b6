package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Batch;

/// A thread's work space for reads: shared by all arrays that the thread reads in turn, so that it stays in cache.
final class Scratch {
  private static final ThreadLocal<Scratch> OWN = new ThreadLocal<>();

  final Batch volts;
  final Batch squares;
  final Batch variances;
  final float[] sumSquares;

  private Scratch(int vectors) {
    volts = Batch.zeros(vectors, Geometry.MAX_LINES);
    squares = Batch.zeros(vectors, Geometry.MAX_LINES);
    variances = Batch.zeros(vectors, Geometry.MAX_LINES);
    sumSquares = new float[vectors];
  }

  static Scratch of(int vectors) {
    Scratch own = OWN.get();
    if (own == null) {
      own = new Scratch(vectors);
      OWN.set(own);
    }
    return own;
  }
}
