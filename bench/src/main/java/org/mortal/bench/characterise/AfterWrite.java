package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;
import org.mortal.bench.run.CsvTable;

/// Cells left in several grades by SET pulses from the low end, read at stated times after the last of them; without pulses,
/// cells as they are.
///
/// The drift exponent is that of `G ~ t^-ν`, fitted to each cell; those that conduct next to nothing are left out. What
/// changes is told from the first reading.
///
/// @param times when to read, where the user does not say
/// @param cloud whether the change of each cell is what is asked for, rather than its drift exponent
record AfterWrite(double[] times, boolean cloud) implements Characterisation {
  static final double[] RETENTION = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
  static final double[] RELAXATION = {1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

  private static final int READS = 16;
  private static final int GRADES = 5;

  /// Of the highest conductance: cells below it have no exponent.
  private static final double LEAST = 0.1;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int window = settings.windowPulses();
    int pulses = settings.pulses(window);
    int grades = settings.points(GRADES);
    if (pulses > 0) {
      steps.reset(2 * window).grade(pulses, grades);
    }
    double before = 0;
    for (double time : settings.times(times)) {
      steps.await(time - before).offsets().read(Phase.WAITED, 0, pulses, 0);
      before = time;
    }
    return steps.plan();
  }

  @Override
  public Findings find(Readings readings) {
    // What pulses left them at matters little, only what they do then.
    List<Reading> all =
        readings.all().stream().filter(r -> r.label().phase() == Phase.WAITED).toList();
    int cells = readings.plan().region().cells();
    double most = Statistics.quantile(all.getFirst().siemens(), 1);
    double[] exponents = new double[cells];
    for (int i = 0; i < cells; i++) {
      exponents[i] = all.getFirst().siemens(i) > LEAST * most ? exponent(all, i) : Double.NaN;
    }
    double[] changes = Statistics.each(cells, i -> change(all, all.getLast(), i));
    int counted = Statistics.finite(exponents).length;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("driftExponent", Statistics.mean(exponents));
    figures.put("driftExponentError", Statistics.deviation(exponents) / Math.sqrt(counted));
    figures.put("driftExponentSpread", Statistics.deviation(exponents));
    figures.put("changeSiemens", Statistics.mean(changes));
    figures.put("spreadSiemens", Statistics.deviation(changes));
    figures.put("changeSiemensPerLn", perLn(all, Statistics::mean));
    figures.put("spreadSiemensPerLn", perLn(all, Statistics::deviation));
    Quantity change = new Quantity("changeSiemens", "change since the first reading", "S", changes);
    Quantity exponent = new Quantity("driftExponent", "drift exponent", "", exponents);
    return new Findings(
        figures,
        cloud ? List.of(change, exponent) : List.of(exponent, change),
        List.of(
            new Picture("conductances", png -> drawCells(png, all)),
            new Picture("spread", png -> drawSpread(png, all))),
        Map.of("times", table(all)));
  }

  private static double exponent(List<Reading> all, int cell) {
    SimpleRegression regression = new SimpleRegression();
    for (Reading reading : all) {
      if (reading.siemens(cell) > 0 && reading.age() > 0) {
        regression.addData(Math.log(reading.age()), Math.log(reading.siemens(cell)));
      }
    }
    return -regression.getSlope();
  }

  private static double change(List<Reading> all, Reading at, int cell) {
    return at.siemens(cell) - all.getFirst().siemens(cell);
  }

  private static double[] changes(List<Reading> all, Reading at) {
    return Statistics.each(at.amps().length, i -> change(all, at, i));
  }

  private interface OverCells {
    double of(double... values);
  }

  /// How a mean or spread of changes grows with the logarithm of time.
  private static double perLn(List<Reading> all, OverCells over) {
    SimpleRegression regression = new SimpleRegression();
    for (Reading reading : all.subList(1, all.size())) {
      double value = over.of(changes(all, reading));
      if (Double.isFinite(value) && reading.age() > 0) {
        regression.addData(Math.log(reading.age()), value);
      }
    }
    return regression.getSlope();
  }

  private static CsvTable table(List<Reading> all) {
    CsvTable table = new CsvTable("seconds", "medianSiemens", "changeSiemens", "spreadSiemens");
    for (Reading reading : all) {
      double[] changes = changes(all, reading);
      table.add(
          reading.age(),
          Statistics.median(reading.siemens()),
          Statistics.mean(changes),
          Statistics.deviation(changes));
    }
    return table;
  }

  private static void drawCells(Path png, List<Reading> all) {
    List<Plot.Line> lines = Lines.ofCells("conductance", all, Reading::age, Reading::siemens);
    lines.add(Lines.median("median", all, Reading::age, Reading::siemens));
    Plot.curves(
        png,
        "Conductances after the write",
        Plot.Axis.logarithmic("time since the last pulse", "s"),
        Plot.Axis.linear("conductance", "S"),
        lines);
  }

  private static void drawSpread(Path png, List<Reading> all) {
    List<Plot.Line> lines = new ArrayList<>();
    double[] ages = Statistics.each(all, Reading::age);
    double[] spread = Statistics.each(all, r -> Statistics.deviation(changes(all, r)));
    double[] mean = Statistics.each(all, r -> Statistics.mean(changes(all, r)));
    lines.add(new Plot.Line("standard deviation", ages, spread, false));
    lines.add(new Plot.Line("mean", ages, mean, false));
    Plot.curves(
        png,
        "Change since the first reading",
        Plot.Axis.logarithmic("time since the last pulse", "s"),
        Plot.Axis.linear("change", "S"),
        lines);
  }
}
