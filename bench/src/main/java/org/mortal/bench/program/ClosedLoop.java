package org.mortal.bench.program;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;

/// The loop that all methods share: measure all cells, pulse those that are off, stop with each when it was measured within
/// tolerance twice.
///
/// Cells are spared: one that pulses do not move is found stuck and left alone, and none is given more than its budget. Until
/// a cell has moved once it gets no more pulses than it takes to find it stuck.
final class ClosedLoop {
  /// What a cell must owe by the data sheet's step, in moves that are certain, before it is called stuck.
  private static final double OWED = 4;

  /// A move is certain when it is as many standard deviations of the difference of two measurements.
  private static final double CERTAIN = 5;

  /// From the median of absolute values of normal numbers to their standard deviation.
  private static final double MEDIAN_TO_SIGMA = 1.4826;

  /// The part of the window that counts as its end: gains, wires and noise shift what is measured.
  private static final double END = 0.05;

  private final Chip chip;
  private final Crossbar crossbar;
  private final Limits limits;
  private final Method method;
  private final Recipe recipe;
  private final double tolerance;
  private final int[] budget;
  private final float[] target;
  private final BooleanSupplier stop;

  private final Fate[] fates;
  private final int[] pulses;
  private final float[] settled;
  private final float[] after;
  private final boolean[] near;

  /// Where each cell was when it had last moved for certain, in the first round where it began.
  private final float[] landmark;

  private final int[] sinceMoved;
  private final boolean[] alive;

  /// What counts as a move, in siemens.
  private double certain;

  /// Pulses without a move that make a cell stuck.
  private int patience;

  private int rounds;
  private boolean interrupted;

  /// @param stop asked before each round
  ClosedLoop(
      Chip chip, Crossbar crossbar, Method method, Recipe recipe, Goal goal, BooleanSupplier stop) {
    goal.check(crossbar);
    this.chip = chip;
    this.crossbar = crossbar;
    this.limits = crossbar.limits();
    this.method = method;
    this.recipe = recipe;
    this.tolerance = goal.toleranceSiemens();
    this.budget = goal.budget();
    this.target = RowReads.flat(goal.targetSiemens());
    this.stop = stop;
    int cells = target.length;
    this.fates = new Fate[cells];
    Arrays.fill(fates, Fate.OPEN);
    this.pulses = new int[cells];
    this.settled = new float[cells];
    this.after = new float[cells];
    Arrays.fill(after, Float.NaN);
    this.near = new boolean[cells];
    this.landmark = new float[cells];
    Arrays.fill(landmark, Float.NaN);
    this.sinceMoved = new int[cells];
    this.alive = new boolean[cells];
  }

  Outcome run() {
    Verify verify = method.verify(crossbar, recipe);
    float[] most = new float[target.length];
    Arrays.fill(most, (float) limits.maxSiemens());
    float[] measured = verify.measure(most);
    learnNoise(measured, verify.measure(most));
    for (int repeat = 0; ; repeat++) {
      measured = pass(verify, measured);
      if (interrupted || repeat == method.repeats()) {
        return outcome(verify.measure(ceiling(measured)));
      }
      chip.pause(method.settleSeconds(recipe));
      measured = verify.measure(ceiling(measured));
      reopen(measured);
    }
  }

  private Outcome outcome(float[] last) {
    for (int i = 0; i < after.length; i++) {
      after[i] = Float.isNaN(after[i]) ? last[i] : after[i];
    }
    return new Outcome(fates, pulses, after, rounds, interrupted);
  }

  /// Tells from two measurements of the same cells what a move is, and how long to wait for one.
  private void learnNoise(float[] one, float[] other) {
    double[] differences = new double[one.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(one[i] - other[i]);
    }
    double sigma = MEDIAN_TO_SIGMA * Quantiles.of(differences, 0.5);
    certain = Math.max(tolerance, CERTAIN * sigma);
    double owed = OWED * certain / limits.write().stepSiemens();
    patience = (int) Math.max(recipe.patience(), Math.ceil(owed));
  }

  /// Programs cells that are open until none is, or rounds run out.
  ///
  /// @return the last measurement
  private float[] pass(Verify verify, float[] first) {
    Pulsing pulsing = method.pulsing(crossbar, recipe);
    int most = recipe.rounds() > 0 ? recipe.rounds() : method.rounds();
    float[] measured = first;
    for (int round = 0; ; round++) {
      SortedMap<Integer, short[]> rungs = new TreeMap<>();
      boolean open = false;
      for (int i = 0; i < target.length; i++) {
        judge(i, measured[i]);
        if (fates[i] == Fate.OPEN && !near[i] && round < most) {
          aim(i, pulsing, rungs);
        }
        open |= fates[i] == Fate.OPEN;
      }
      interrupted = stop.getAsBoolean();
      if (!open || round == most || interrupted) {
        return measured;
      }
      shoot(pulsing, rungs);
      rounds++;
      measured = verify.measure(ceiling(measured));
    }
  }

  /// Takes note of a measurement. A cell that is done is not judged anew: noise would send it off again.
  private void judge(int cell, float measured) {
    if (fates[cell] != Fate.OPEN) {
      after[cell] = Float.isNaN(after[cell]) ? measured : after[cell];
      return;
    }
    settled[cell] = measured;
    boolean within = Math.abs(target[cell] - measured) <= tolerance;
    if (within && near[cell]) {
      fates[cell] = Fate.DONE;
    }
    near[cell] = within;
    // Not <=: at first there is no landmark.
    if (!(Math.abs(measured - landmark[cell]) <= certain)) {
      alive[cell] = !Float.isNaN(landmark[cell]);
      landmark[cell] = measured;
      sinceMoved[cell] = 0;
    }
  }

  private void aim(int cell, Pulsing pulsing, SortedMap<Integer, short[]> rungs) {
    if (pulses[cell] >= budget[cell]) {
      fates[cell] = Fate.SPARED;
      return;
    }
    if (sinceMoved[cell] >= patience) {
      fates[cell] = stuck(cell) ? Fate.STUCK : Fate.UNREACHABLE;
      return;
    }
    Shot shot = pulsing.next(cell, target[cell] - settled[cell], settled[cell]);
    if (shot.count() == 0) {
      fates[cell] = stuck(cell) ? Fate.STUCK : Fate.GIVEN_UP;
      return;
    }
    int allowed = budget[cell] - pulses[cell];
    if (!alive[cell]) {
      allowed = Math.min(allowed, patience - sinceMoved[cell]);
    }
    int count = Math.clamp(shot.count(), -allowed, allowed);
    rungs.computeIfAbsent(shot.rung(), _ -> new short[target.length])[cell] = (short) count;
    pulses[cell] += Math.abs(count);
    sinceMoved[cell] += Math.abs(count);
  }

  /// Whether a cell never moved though it had room. Nobody can tell it of one that is where pulses would drive it.
  private boolean stuck(int cell) {
    double room =
        target[cell] > settled[cell]
            ? limits.maxSiemens() - settled[cell]
            : settled[cell] - limits.minSiemens();
    return !alive[cell] && room > Math.max(2 * certain, END * limits.windowSiemens());
  }

  private void shoot(Pulsing pulsing, SortedMap<Integer, short[]> rungs) {
    rungs.forEach((rung, counts) -> crossbar.pulse(pulsing.train(counts, rung)));
  }

  /// What cells may conduct at most when they are read next.
  private float[] ceiling(float[] measured) {
    float[] most = new float[target.length];
    for (int i = 0; i < most.length; i++) {
      most[i] = Math.max(measured[i], target[i]);
    }
    return most;
  }

  /// Takes up again what was done or not reached and is out of tolerance now.
  private void reopen(float[] measured) {
    for (int i = 0; i < target.length; i++) {
      boolean again =
          switch (fates[i]) {
            case DONE, GIVEN_UP, UNREACHABLE -> true;
            case OPEN, STUCK, SPARED -> false;
          };
      if (again && Math.abs(target[i] - measured[i]) > tolerance) {
        fates[i] = Fate.OPEN;
        near[i] = false;
        after[i] = Float.NaN;
        landmark[i] = measured[i];
        sinceMoved[i] = 0;
      }
    }
  }
}
