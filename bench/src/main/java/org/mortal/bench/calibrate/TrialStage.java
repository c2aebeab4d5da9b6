package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;

/// Gives every cell SET and then RESET pulses, sees which of them answer and by how much, and brings all back.
///
/// A random half of the cells is SET before the other: what a half reads differently while the other is pulsed is not its own
/// doing, but that of wires or of stray pulses.
/// A cell answers if it rose or fell by more than chance allows: one that lies at an end of the window can only go one way.
/// Those that do not are tried again with pulses for the whole window, since steps of cells differ.
final class TrialStage {
  /// How far cells are moved, as part of the window.
  private static final double MOVED = 0.25;

  /// Standard errors of a move that make an answer: of stuck cells, one in ten thousand seems to give one.
  private static final double SIGMAS = 4;

  /// A cell that moves by less than this part of what is nominal is as good as stuck.
  private static final double LEAST = 0.02;

  /// The standard error of a move that is wanted, as part of it.
  private static final double PRECISION = 0.04;

  /// By how much the share of pulsed cells on a line differs from a half.
  private static final double UNEVEN = 0.2;

  private static final int FEWEST_PASSES = 8;
  private static final int MOST_PASSES = 64;
  private final ArrayReader reader;
  private final Conductances conductances;
  private final Geometry geometry;
  private final Limits limits;
  private final double[][] before;
  private final double[][] steps;
  private final boolean[][] answers;
  private final boolean[][] first;
  private final List<Trial.Change> changes = new ArrayList<>();
  private int passes = FEWEST_PASSES;

  /// @param before conductances that the cells are to be brought back to
  /// @param random draws the half that is pulsed first
  TrialStage(ArrayReader reader, ArrayState state, double[][] before, RandomGenerator random) {
    this.reader = reader;
    this.conductances = new Conductances(reader, state);
    this.geometry = reader.geometry();
    this.limits = reader.limits();
    this.before = before;
    this.steps = new double[geometry.rows()][geometry.columns()];
    this.answers = new boolean[geometry.rows()][geometry.columns()];
    this.first = half(random);
  }

  /// Half of the cells: more on some lines than on others, so that what a line's load does to its cells can be told from what
  /// pulses do to all.
  private boolean[][] half(RandomGenerator random) {
    boolean[][] half = new boolean[geometry.rows()][geometry.columns()];
    boolean[] columns = new boolean[geometry.columns()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = random.nextBoolean();
    }
    for (boolean[] row : half) {
      double share = 0.5 + (random.nextBoolean() ? UNEVEN : -UNEVEN);
      for (int c = 0; c < row.length; c++) {
        row[c] = random.nextDouble() < share + (columns[c] ? UNEVEN : -UNEVEN);
      }
    }
    return half;
  }

  /// Conductances before any pulse, well enough known to come back to.
  ///
  /// @param reads of each cell, all stages together
  static double[][] before(ArrayReader reader, ArrayState state, int reads) {
    return new Conductances(reader, state).read(Math.ceilDiv(reads, 2)).siemens();
  }

  Trial run() {
    int some = pulses(MOVED);
    choosePasses(some);
    CellFit.Estimates low = conductances.read(passes);
    judge(low, raiseHalves(low, some), some, i -> true);
    int all = pulses(1);
    boolean[] silent = silent();
    low = conductances.read(passes);
    pulse(i -> silent[i] ? all : 0);
    judge(low, conductances.read(passes), all, i -> silent[i]);
    double strayed = new Restorer(reader, conductances, before, steps, answers).run(passes);
    boolean[][] stuck = new boolean[geometry.rows()][geometry.columns()];
    float[][] kept = new float[geometry.rows()][geometry.columns()];
    for (int r = 0; r < stuck.length; r++) {
      for (int c = 0; c < stuck[r].length; c++) {
        stuck[r][c] = !answers[r][c];
        kept[r][c] = stuck[r][c] ? 0 : (float) steps[r][c];
      }
    }
    return new Trial(stuck, Packed.of(kept), strayed, changes);
  }

  private int pulses(double share) {
    double wanted = share * limits.windowSiemens() / limits.write().stepSiemens();
    return (int) Math.clamp(Math.rint(wanted), 1, limits.maxPulses());
  }

  private void choosePasses(int pulses) {
    CellFit.Estimates rough = conductances.read(FEWEST_PASSES);
    double squares = 0;
    for (double[] row : rough.errors()) {
      for (double error : row) {
        squares += error * error / geometry.cells();
      }
    }
    double wanted = PRECISION * pulses * limits.write().stepSiemens();
    double needed = FEWEST_PASSES * 2 * squares / (wanted * wanted);
    passes = (int) Math.clamp(Math.ceil(needed), FEWEST_PASSES, MOST_PASSES);
  }

  /// @return cells once all are SET
  private CellFit.Estimates raiseHalves(CellFit.Estimates low, int pulses) {
    pulse(i -> at(first, i) ? pulses : 0);
    CellFit.Estimates middle = conductances.read(passes);
    pulse(i -> at(first, i) ? 0 : pulses);
    CellFit.Estimates high = conductances.read(passes);
    changes.add(Trial.Change.of(low, middle, first));
    boolean[][] second = new boolean[first.length][first[0].length];
    for (int i = 0; i < geometry.cells(); i++) {
      second[i / geometry.columns()][i % geometry.columns()] = !at(first, i);
    }
    changes.add(Trial.Change.of(middle, high, second));
    return high;
  }

  /// Pulses cells down again and notes which have answered.
  ///
  /// @param low cells before they were SET
  /// @param high cells since
  /// @param pulsed by its index, whether a cell was
  private void judge(
      CellFit.Estimates low, CellFit.Estimates high, int pulses, IntPredicate pulsed) {
    pulse(i -> pulsed.test(i) ? -pulses : 0);
    CellFit.Estimates end = conductances.read(passes);
    double least = LEAST * pulses * limits.write().stepSiemens();
    for (int i = 0; i < geometry.cells(); i++) {
      int r = i / geometry.columns();
      int c = i % geometry.columns();
      if (!pulsed.test(i)) {
        continue;
      }
      double up = high.siemens()[r][c] - low.siemens()[r][c];
      double down = high.siemens()[r][c] - end.siemens()[r][c];
      double rising = Math.hypot(high.errors()[r][c], low.errors()[r][c]);
      double falling = Math.hypot(high.errors()[r][c], end.errors()[r][c]);
      answers[r][c] =
          up > Math.max(least, SIGMAS * rising) || down > Math.max(least, SIGMAS * falling);
      // A cell near the top cannot rise, but falls all the way.
      steps[r][c] = down / pulses;
    }
  }

  private boolean[] silent() {
    boolean[] silent = new boolean[geometry.cells()];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = !at(answers, i);
    }
    return silent;
  }

  private boolean at(boolean[][] mask, int cell) {
    return mask[cell / geometry.columns()][cell % geometry.columns()];
  }

  private void pulse(IntUnaryOperator count) {
    Pulses.give(reader, count);
  }
}
