package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.fit.FittedLaw;
import org.mortal.sim.fit.PulseFit;
import org.mortal.sim.fit.PulsePoint;

/// How pulses move the cells of an array: one law within the window of each cell, and how large each cell's steps are by it.
///
/// The law and its noise from pulse to pulse are [PulseFit]'s, from a sample of cells. The size of each cell's steps is drawn
/// towards that of all cells, as far as they differ by no more than what chance does to the estimates.
///
/// @param law levels from `lowLevel` to 1, the ends of each cell's own window
/// @param setSteps relative to the law's, rows x columns; null where cells do not differ by more than chance
/// @param resetSteps the same of RESET steps; null together with those
/// @param stepSiemens mean size of a cell's SET and RESET steps in the middle of its window, rows x columns
/// @param fit of the sample
record StepFit(
    UpdateLaw law,
    double lowLevel,
    float[][] setSteps,
    float[][] resetSteps,
    float[][] stepSiemens,
    PulseFit fit) {
  private static final int SAMPLE = 32;

  /// Pulses that are made as one stronger one.
  private static final int TOGETHER = 4;

  /// Part of the window at its ends in which steps may be cut off.
  private static final double CLEARANCE = 0.08;

  /// How much more a simpler law may leave unexplained.
  private static final double WORSE = 0.02;

  /// Sampled cells are told as if all had a window of 1 S from here: steps count in parts of each cell's own.
  private static final double UNIT_LOW = 1;

  /// Spreads of steps that are not told from equal ones.
  private static final double EQUAL = 0.01;

  /// Fits the law of an array, and its cells.
  static StepFit of(PulseTrial trial, Windows windows, RandomGenerator random) {
    PulseFit fit = PulseFit.of(sample(trial, windows, random), readVariance(trial, windows));
    FittedLaw best = simplest(fit);
    double lowLevel = best.window().lowLevel();
    Sizes set = Sizes.of(1, best.law(), lowLevel, trial, windows);
    Sizes reset = Sizes.of(-1, best.law(), lowLevel, trial, windows);
    boolean equal = set.spread() < EQUAL && reset.spread() < EQUAL;
    return equal && best.law() instanceof ConstantStep constant
        ? of(scaled(constant, set, reset), lowLevel, null, null, windows, fit)
        : of(best.law(), lowLevel, set.shrunk(), reset.shrunk(), windows, fit);
  }

  /// The best law, or constant steps where these leave hardly more unexplained.
  private static FittedLaw simplest(PulseFit fit) {
    return fit.laws().stream()
        .filter(law -> law.law() instanceof ConstantStep)
        .filter(law -> law.rmseSiemens() < (1 + WORSE) * fit.best().rmseSiemens())
        .findFirst()
        .orElse(fit.best());
  }

  /// Fits the cells of another array of the same chip, by the law of the first.
  static StepFit like(StepFit first, PulseTrial trial, Windows windows) {
    if (first.setSteps == null) {
      return of(first.law, first.lowLevel, null, null, windows, first.fit);
    }
    Sizes set = Sizes.of(1, first.law, first.lowLevel, trial, windows);
    Sizes reset = Sizes.of(-1, first.law, first.lowLevel, trial, windows);
    return of(first.law, first.lowLevel, set.shrunk(), reset.shrunk(), windows, first.fit);
  }

  private static StepFit of(
      UpdateLaw law,
      double lowLevel,
      float[][] setSteps,
      float[][] resetSteps,
      Windows windows,
      PulseFit fit) {
    float[][] steps = steps(law, lowLevel, setSteps, windows);
    return new StepFit(law, lowLevel, setSteps, resetSteps, steps, fit);
  }

  private static ConstantStep scaled(ConstantStep law, Sizes set, Sizes reset) {
    return new ConstantStep(
        set.mean() * law.setStep(), reset.mean() * law.resetStep(), law.cycleNoise());
  }

  private static List<PulsePoint> sample(
      PulseTrial trial, Windows windows, RandomGenerator random) {
    int rows = windows.low().length;
    int columns = windows.low()[0].length;
    List<PulsePoint> points = new ArrayList<>();
    int wanted = Math.min(SAMPLE, rows * columns / 2);
    for (int found = 0, tried = 0; found < wanted && tried < 50 * wanted; tried++) {
      int r = random.nextInt(rows);
      int c = random.nextInt(columns);
      if (!windows.frozen()[r][c]) {
        String device = "%d %d %d".formatted(found++, r, c);
        for (int k = 0; k < trial.points().size(); k++) {
          double place = (trial.siemens(k, r, c) - windows.low()[r][c]) / windows.span(r, c);
          double siemens = Math.max(0, UNIT_LOW + place);
          points.add(new PulsePoint(device, trial.points().get(k).pulses(), siemens));
        }
      }
    }
    return points;
  }

  /// Of a sampled point, in parts of a usual window.
  private static double readVariance(PulseTrial trial, Windows windows) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < windows.low().length; r++) {
      for (int c = 0; c < windows.low()[r].length; c++) {
        if (!windows.frozen()[r][c]) {
          sum += 1 / Math.pow(windows.span(r, c), 2);
          count++;
        }
      }
    }
    return trial.points().getFirst().cells().meanVariance() * sum / Math.max(1, count);
  }

  private static float[][] steps(
      UpdateLaw law, double lowLevel, float[][] setSteps, Windows windows) {
    double middle = (lowLevel + 1) / 2;
    double up = law.set().next(middle, lowLevel, 1, 1, 0) - middle;
    double down = middle - law.reset().next(middle, lowLevel, 1, 1, 0);
    float[][] steps = new float[windows.low().length][windows.low()[0].length];
    for (int r = 0; r < steps.length; r++) {
      for (int c = 0; c < steps[r].length; c++) {
        double slope = windows.span(r, c) / (1 - lowLevel);
        double own = setSteps == null ? 1 : setSteps[r][c];
        steps[r][c] = (float) (own * slope * (up + down) / 2);
      }
    }
    return steps;
  }

  /// Sizes of each cell's steps in one direction, relative to a law's, with their variances.
  private record Sizes(float[][] size, float[][] variance, boolean[][] frozen) {

    static Sizes of(
        int direction, UpdateLaw law, double lowLevel, PulseTrial trial, Windows windows) {
      int rows = windows.low().length;
      int columns = windows.low()[0].length;
      Sizes sizes = new Sizes(new float[rows][columns], new float[rows][columns], windows.frozen());
      PulseStep pulse = direction > 0 ? law.set() : law.reset();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          sizes.fit(direction, pulse, lowLevel, trial, windows, r, c);
        }
      }
      return sizes;
    }

    private void fit(
        int direction,
        PulseStep pulse,
        double lowLevel,
        PulseTrial trial,
        Windows windows,
        int row,
        int column) {
      double low = windows.low()[row][column];
      double slope = (1 - lowLevel) / windows.span(row, column);
      double product = 0;
      double square = 0;
      double rest = 0;
      int count = 0;
      for (int k = 1; k < trial.points().size(); k++) {
        int pulses = trial.points().get(k).pulses();
        if (Integer.signum(pulses) != direction) {
          continue;
        }
        double from = lowLevel + slope * (trial.siemens(k - 1, row, column) - low);
        double change = lowLevel + slope * (trial.siemens(k, row, column) - low) - from;
        double predicted = after(pulse, from, lowLevel, Math.abs(pulses)) - from;
        if (clear(direction, from + 1.3 * predicted, lowLevel)
            && clear(-direction, from, lowLevel)) {
          product += predicted * change;
          square += predicted * predicted;
          rest += change * change;
          count++;
        }
      }
      boolean known = count > 1 && square > 0 && product > 0;
      size[row][column] = known ? (float) (product / square) : 1;
      double left = known ? rest - product * product / square : 1;
      variance[row][column] = known ? (float) (left / (count - 1) / square) : 1;
    }

    private static boolean clear(int direction, double level, double lowLevel) {
      double margin = CLEARANCE * (1 - lowLevel);
      return direction > 0 ? level < 1 - margin : level > lowLevel + margin;
    }

    private static double after(PulseStep pulse, double from, double lowLevel, int pulses) {
      double level = from;
      int times = Math.ceilDiv(pulses, TOGETHER);
      for (int n = 0; n < times; n++) {
        level = pulse.next(level, lowLevel, 1, (double) pulses / times, 0);
      }
      return level;
    }

    double mean() {
      return average(size);
    }

    /// Standard deviation of the true sizes.
    double spread() {
      double mean = mean();
      double sum = 0;
      int count = 0;
      for (int r = 0; r < size.length; r++) {
        for (int c = 0; c < size[r].length; c++) {
          if (!frozen[r][c]) {
            sum += Math.pow(size[r][c] - mean, 2) - variance[r][c];
            count++;
          }
        }
      }
      return Math.sqrt(Math.max(0, sum / Math.max(1, count)));
    }

    private double average(float[][] values) {
      double sum = 0;
      int count = 0;
      for (int r = 0; r < values.length; r++) {
        for (int c = 0; c < values[r].length; c++) {
          if (!frozen[r][c]) {
            sum += values[r][c];
            count++;
          }
        }
      }
      return sum / Math.max(1, count);
    }

    float[][] shrunk() {
      double mean = mean();
      double real = Math.pow(spread(), 2);
      float[][] shrunk = new float[size.length][size[0].length];
      for (int r = 0; r < size.length; r++) {
        for (int c = 0; c < size[r].length; c++) {
          double trust = real == 0 ? 0 : real / (real + variance[r][c]);
          shrunk[r][c] = (float) (mean + (frozen[r][c] ? 0 : trust * (size[r][c] - mean)));
        }
      }
      return shrunk;
    }
  }
}
