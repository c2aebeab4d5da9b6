package org.mortal.bench.characterise;

import java.util.Arrays;
import java.util.List;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.run.CsvTable;

/// Steps of conductance from one reading to the next, by cell and by level.
///
/// Read noise makes neighbouring steps correlate: what lifts one reading makes one step larger and the next smaller. So the
/// variance from cycle to cycle is the variance of steps plus twice the covariance of neighbours, whatever the read noise is.
///
/// @param stepSiemens mean of each cell, for one pulse
/// @param cycleNoise standard deviation from pulse to pulse of one cell, relative to its mean step
/// @param cycleNoiseError its standard error: large where read noise is, and few reads are averaged
/// @param levels by conductance, from low to high
record PulseSteps(
    Phase phase, double[] stepSiemens, double cycleNoise, double cycleNoiseError, Level[] levels) {
  private static final double LOW = 0.2;
  private static final double HIGH = 0.8;
  private static final int LEVELS = 10;

  /// Steps that begin and end about one conductance.
  ///
  /// @param siemens its middle
  /// @param deviation of one pulse's step, without what reading adds
  record Level(double siemens, double stepSiemens, double deviation, int steps) {}

  static PulseSteps of(Readings readings, Phase phase) {
    Collector collector = new Collector(readings, phase);
    int cycles = readings.of(phase).stream().mapToInt(r -> r.label().cycle() + 1).max().orElse(0);
    for (int cycle = 0; cycle < cycles; cycle++) {
      collector.add(readings.of(phase, cycle));
    }
    return collector.steps(phase);
  }

  static CsvTable table(PulseSteps... all) {
    CsvTable table =
        new CsvTable("phase", "siemens", "stepSiemens", "cycleDeviationSiemens", "steps");
    for (PulseSteps one : all) {
      for (Level level : one.levels()) {
        table.add(
            one.phase(), level.siemens(), level.stepSiemens(), level.deviation(), level.steps());
      }
    }
    return table;
  }

  /// Sums over pairs of neighbouring steps.
  private static final class Sum {
    private double steps;
    private double squares;
    private double products;
    private int count;

    /// @param step of one pulse, and the one behind it
    void add(double step, double next) {
      steps += step;
      squares += step * step;
      products += step * next;
      count++;
    }

    double mean() {
      return count == 0 ? Double.NaN : steps / count;
    }

    /// Without what reading adds; chance may make it negative.
    double variance() {
      return count < 2 ? Double.NaN : (squares + 2 * products) / count - 3 * mean() * mean();
    }
  }

  private static final class Collector {
    private final double low;
    private final double range;
    private final Sum[] cells;
    private final Sum[] levels = sums(LEVELS);
    private int pulses = 1;

    Collector(Readings readings, Phase phase) {
      double[] all =
          readings.of(phase).stream().flatMapToDouble(r -> Arrays.stream(r.siemens())).toArray();
      this.low = Statistics.quantile(all, 0.01);
      this.range = Statistics.quantile(all, 0.99) - low;
      this.cells = sums(readings.plan().region().cells());
    }

    private static Sum[] sums(int count) {
      Sum[] sums = new Sum[count];
      Arrays.setAll(sums, _ -> new Sum());
      return sums;
    }

    void add(List<Reading> branch) {
      if (branch.size() < 3) {
        return;
      }
      pulses = branch.get(1).label().pulses() - branch.get(0).label().pulses();
      for (int i = 0; i < cells.length; i++) {
        int cell = i;
        double[] siemens = Statistics.each(branch, r -> r.siemens(cell));
        addLevels(siemens);
        addCell(siemens, cells[i]);
      }
    }

    private void addLevels(double[] siemens) {
      for (int n = 0; n + 2 < siemens.length; n++) {
        double middle = (siemens[n] + siemens[n + 2]) / 2;
        int level = (int) Math.floor((middle - low) / range * LEVELS);
        if (level >= 0 && level < LEVELS) {
          levels[level].add(siemens[n + 1] - siemens[n], siemens[n + 2] - siemens[n + 1]);
        }
      }
    }

    /// From where the cell first passes a fifth of its range to where it first passes four fifths.
    private static void addCell(double[] siemens, Sum sum) {
      double least = Statistics.quantile(siemens, 0);
      double span = Statistics.quantile(siemens, 1) - least;
      boolean rising = siemens[siemens.length - 1] > siemens[0];
      int from = pass(siemens, rising, least + (rising ? LOW : HIGH) * span);
      int to = pass(siemens, rising, least + (rising ? HIGH : LOW) * span);
      for (int n = from; n + 2 <= to; n++) {
        sum.add(siemens[n + 1] - siemens[n], siemens[n + 2] - siemens[n + 1]);
      }
    }

    private static int pass(double[] siemens, boolean rising, double level) {
      for (int n = 0; n < siemens.length; n++) {
        if (rising ? siemens[n] >= level : siemens[n] <= level) {
          return n;
        }
      }
      return siemens.length - 1;
    }

    PulseSteps steps(Phase phase) {
      double[] means = Statistics.each(cells.length, i -> cells[i].mean() / pulses);
      double[] variances = Statistics.each(cells.length, i -> cells[i].variance() / pulses);
      double[] squares = Statistics.each(cells.length, i -> means[i] * means[i]);
      double square = Statistics.mean(variances) / Statistics.mean(squares);
      double error =
          Statistics.deviation(variances)
              / Math.sqrt(Statistics.finite(variances).length)
              / Statistics.mean(squares);
      double noise = Math.sqrt(Math.max(0, square));
      Level[] found = new Level[LEVELS];
      for (int k = 0; k < LEVELS; k++) {
        found[k] =
            new Level(
                low + (k + 0.5) * range / LEVELS,
                levels[k].mean() / pulses,
                Math.sqrt(Math.max(0, levels[k].variance()) / pulses),
                levels[k].count);
      }
      return new PulseSteps(
          phase, means, noise, error / (2 * Math.max(noise, Math.sqrt(error))), found);
    }
  }
}
