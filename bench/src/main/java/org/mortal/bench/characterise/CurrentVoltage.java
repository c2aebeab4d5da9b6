package org.mortal.bench.characterise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Label;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// Currents at read voltages from low to high and back; no pulses.
///
/// `I = g V + a V² + b V³` is fitted to each cell: `g` is its conductance at low voltage, and the nonlinearity is what the whole
/// conducts at the highest voltage, relative to `g`, less 1. The area between both ways is relative to highest voltage times
/// highest current.
final class CurrentVoltage implements Characterisation {
  private static final int READS = 64;
  private static final int POINTS = 20;
  private static final int POWERS = 3;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    double most = settings.readVolts();
    int points = settings.points(POINTS);
    int cycles = settings.cycles(1);
    for (int cycle = 0; cycle < cycles; cycle++) {
      for (int p = 1; p <= points; p++) {
        sweep(steps, settings, Phase.UP, cycle, Steps.part(most, p, points));
      }
      for (int p = points; p >= 1; p--) {
        sweep(steps, settings, Phase.DOWN, cycle, Steps.part(most, p, points));
      }
    }
    return steps.plan();
  }

  private static void sweep(Steps steps, Settings settings, Phase phase, int cycle, double volts) {
    steps.await(settings.interval()).read(new Label(phase, cycle, 0, 0), volts);
  }

  @Override
  public Findings find(Readings readings) {
    List<Reading> up = readings.of(Phase.UP);
    List<Reading> down = readings.of(Phase.DOWN);
    int cells = readings.plan().region().cells();
    List<Reading> both = new ArrayList<>(up);
    both.addAll(down);
    double[] low = new double[cells];
    double[] bent = new double[cells];
    double[] area = new double[cells];
    for (int i = 0; i < cells; i++) {
      double[] powers = fit(both, i);
      double most = both.stream().mapToDouble(Reading::volts).max().orElse(0);
      low[i] = powers[0];
      bent[i] = (powers[1] * most + powers[2] * most * most) / powers[0];
      area[i] = area(up, down, i);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("medianSiemens", Statistics.median(low));
    figures.put("spreadSiemens", Statistics.deviation(low));
    figures.put("medianNonlinearity", Statistics.median(bent));
    figures.put("medianHysteresis", Statistics.median(area));
    return new Findings(
        figures,
        List.of(
            new Quantity("lowVoltsSiemens", "conductance at low voltage", "S", low),
            new Quantity("nonlinearity", "nonlinearity", "", bent),
            new Quantity("hysteresis", "hysteresis", "", area)),
        List.of(
            new Picture(
                "iv",
                png ->
                    Plot.curves(
                        png,
                        "I-V curves, medians in colour",
                        Plot.Axis.linear("read voltage", "V"),
                        Plot.Axis.linear("current", "A"),
                        curves(up, down)))));
  }

  private static List<Plot.Line> curves(List<Reading> up, List<Reading> down) {
    List<Plot.Line> lines = Lines.ofCells("current", up, Reading::volts, (r, i) -> r.amps()[i]);
    lines.add(Lines.median("up", up, Reading::volts, (r, i) -> r.amps()[i]));
    if (!down.isEmpty()) {
      lines.add(Lines.median("down", down, Reading::volts, (r, i) -> r.amps()[i]));
    }
    return lines;
  }

  /// g, a, b.
  private static double[] fit(List<Reading> readings, int cell) {
    double[][] volts = new double[readings.size()][POWERS];
    double[] amps = new double[readings.size()];
    for (int n = 0; n < amps.length; n++) {
      double one = readings.get(n).volts();
      volts[n] = new double[] {one, one * one, one * one * one};
      amps[n] = readings.get(n).amps()[cell];
    }
    if (amps.length <= POWERS) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(amps, volts);
    try {
      return regression.estimateRegressionParameters();
    } catch (SingularMatrixException e) {
      // Less than three voltages.
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
  }

  /// Between the first way up and the first way down.
  private static double area(List<Reading> up, List<Reading> down, int cell) {
    List<Reading> first = up.stream().filter(r -> r.label().cycle() == 0).toList();
    int points = first.size();
    List<Reading> back = down.stream().filter(r -> r.label().cycle() == 0).toList();
    if (points < 2 || back.size() < points) {
      return Double.NaN;
    }
    double sum = 0;
    for (int p = 1; p < points; p++) {
      double width = first.get(p).volts() - first.get(p - 1).volts();
      sum += width * (gap(first, back, p, cell) + gap(first, back, p - 1, cell)) / 2;
    }
    Reading top = first.getLast();
    return sum / (top.volts() * top.amps()[cell]);
  }

  private static double gap(List<Reading> up, List<Reading> down, int point, int cell) {
    return down.get(up.size() - 1 - point).amps()[cell] - up.get(point).amps()[cell];
  }
}
