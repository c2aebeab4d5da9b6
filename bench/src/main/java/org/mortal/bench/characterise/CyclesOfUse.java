package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// SET and RESET trains in turn, read after some of them: the window against cycles.
///
/// A cell has failed when its window is less than half of what it was at first, or half of the median one.
final class CyclesOfUse implements Characterisation {
  private static final int READS = 16;
  private static final int CYCLES = 100;
  private static final int POINTS = 12;
  private static final double FAILED = 0.5;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int pulses = settings.pulses(settings.windowPulses());
    int cycles = settings.cycles(CYCLES);
    int points = settings.points(POINTS);
    steps.reset(2 * settings.windowPulses());
    Set<Integer> read = read(cycles, points);
    for (int cycle = 1; cycle <= cycles; cycle++) {
      steps.set(pulses).await(settings.interval());
      if (read.contains(cycle)) {
        steps.read(Phase.SET, cycle, pulses, settings.setVolts());
      }
      steps.reset(pulses).await(settings.interval());
      if (read.contains(cycle)) {
        steps.read(Phase.RESET, cycle, pulses, settings.resetVolts());
      }
    }
    return steps.plan();
  }

  /// Cycles spread evenly over their logarithm, the first and the last among them.
  private static Set<Integer> read(int cycles, int points) {
    Set<Integer> read = new HashSet<>(List.of(1, cycles));
    for (int p = 1; p < points; p++) {
      read.add((int) Math.round(Math.pow(cycles, (double) p / points)));
    }
    return read;
  }

  /// Both ends of one cycle.
  private record Window(int cycle, double[] high, double[] low) {
    double of(int cell) {
      return high[cell] - low[cell];
    }

    double median() {
      return Statistics.median(Statistics.each(high.length, this::of));
    }
  }

  @Override
  public Findings find(Readings readings) {
    List<Window> windows = windows(readings);
    int cells = readings.plan().region().cells();
    Map<String, Object> figures = new LinkedHashMap<>();
    if (windows.isEmpty()) {
      return new Findings(figures, List.of(), List.of());
    }
    Window first = windows.getFirst();
    Window last = windows.getLast();
    double[] window = Statistics.each(cells, last::of);
    double least = FAILED * first.median();
    double[] failed =
        Statistics.each(cells, i -> window[i] < Math.max(least, FAILED * first.of(i)) ? 1 : 0);
    figures.put("cycles", last.cycle());
    figures.put("firstWindowSiemens", first.median());
    figures.put("lastWindowSiemens", last.median());
    figures.put("failedCells", (int) Arrays.stream(failed).sum());
    return new Findings(
        figures,
        List.of(
            new Quantity("windowSiemens", "window after the last cycle", "S", window),
            new Quantity("failed", "failed", "", failed)),
        List.of(new Picture("endurance", png -> draw(png, windows))));
  }

  private static List<Window> windows(Readings readings) {
    List<Window> windows = new ArrayList<>();
    for (Reading high : readings.of(Phase.SET)) {
      for (Reading low : readings.of(Phase.RESET, high.label().cycle())) {
        windows.add(new Window(high.label().cycle(), high.siemens(), low.siemens()));
      }
    }
    return windows;
  }

  private static void draw(Path png, List<Window> windows) {
    double[] cycles = Statistics.each(windows, Window::cycle);
    List<Plot.Line> lines = new ArrayList<>();
    for (double share : new double[] {0.5, 0.05, 0.95}) {
      String name = share == 0.5 ? "median" : "%.0f %%".formatted(100 * share);
      lines.add(
          new Plot.Line(
              name + " after SET",
              cycles,
              Statistics.each(windows, w -> Statistics.quantile(w.high(), share)),
              false));
      lines.add(
          new Plot.Line(
              name + " after RESET",
              cycles,
              Statistics.each(windows, w -> Statistics.quantile(w.low(), share)),
              false));
    }
    Plot.curves(
        png,
        "Window against cycles",
        Plot.Axis.logarithmic("cycles", ""),
        Plot.Axis.linear("conductance", "S"),
        lines);
  }
}
