package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// SET pulses of rising amplitude from the low end of the window, then RESET pulses from the high end.
///
/// A cell's threshold is the amplitude by which it has moved a tenth of the window, between two amplitudes by interpolation.
final class SwitchingVolts implements Characterisation {
  private static final int READS = 16;
  private static final int POINTS = 24;

  /// Over the nominal amplitude.
  private static final double HIGHEST = 1.2;

  /// Of the window: what counts as having moved.
  private static final double MOVED = 0.1;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int window = settings.windowPulses();
    int pulses = settings.pulses(Math.max(1, (int) Math.rint(MOVED * window)));
    int points = settings.points(POINTS);
    double set = settings.setVolts(highest(settings, settings.limits().write().setVolts()));
    double reset = settings.resetVolts(highest(settings, settings.limits().write().resetVolts()));
    double nominalSet = settings.limits().write().setVolts();
    double nominalReset = settings.limits().write().resetVolts();
    steps.pulse(-2 * window, nominalReset).read(Phase.SET, 0, 0, 0);
    for (int p = 1; p <= points; p++) {
      steps.pulse(pulses, Steps.part(set, p, points)).await(settings.interval());
      steps.read(Phase.SET, 0, p * pulses, Steps.part(set, p, points));
    }
    steps.pulse(2 * window, nominalSet).read(Phase.RESET, 0, 0, 0);
    for (int p = 1; p <= points; p++) {
      steps.pulse(-pulses, Steps.part(reset, p, points)).await(settings.interval());
      steps.read(Phase.RESET, 0, p * pulses, Steps.part(reset, p, points));
    }
    return steps.plan();
  }

  private static double highest(Settings settings, double nominalVolts) {
    return Math.min(settings.limits().maxPulseVolts(), HIGHEST * nominalVolts);
  }

  @Override
  public Findings find(Readings readings) {
    List<Reading> set = readings.of(Phase.SET);
    List<Reading> reset = readings.of(Phase.RESET);
    double move = MOVED * readings.windowSiemens();
    int cells = readings.plan().region().cells();
    double[] setVolts = Statistics.each(cells, i -> threshold(set, i, move));
    double[] resetVolts = Statistics.each(cells, i -> threshold(reset, i, move));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("setVolts", Statistics.median(setVolts));
    figures.put("setVoltsSpread", Statistics.deviation(setVolts));
    figures.put("setCells", Statistics.finite(setVolts).length);
    figures.put("resetVolts", Statistics.median(resetVolts));
    figures.put("resetVoltsSpread", Statistics.deviation(resetVolts));
    figures.put("resetCells", Statistics.finite(resetVolts).length);
    return new Findings(
        figures,
        List.of(
            new Quantity("setVolts", "SET threshold", "V", setVolts),
            new Quantity("resetVolts", "RESET threshold", "V", resetVolts)),
        List.of(new Picture("staircases", png -> draw(png, set, reset))));
  }

  private static double threshold(List<Reading> staircase, int cell, double moveSiemens) {
    double before = 0;
    for (int n = 1; n < staircase.size(); n++) {
      double moved = Math.abs(staircase.get(n).siemens(cell) - staircase.getFirst().siemens(cell));
      if (moved >= moveSiemens) {
        double low = staircase.get(n - 1).label().pulseVolts();
        double high = staircase.get(n).label().pulseVolts();
        return low + (high - low) * (moveSiemens - before) / (moved - before);
      }
      before = moved;
    }
    return Double.NaN;
  }

  private static void draw(Path png, List<Reading> set, List<Reading> reset) {
    List<Plot.Line> lines =
        Lines.ofCells("SET", set, r -> r.label().pulseVolts(), Reading::siemens);
    lines.addAll(Lines.ofCells("RESET", reset, r -> -r.label().pulseVolts(), Reading::siemens));
    lines.add(Lines.median("SET", set, r -> r.label().pulseVolts(), Reading::siemens));
    if (!reset.isEmpty()) {
      lines.add(Lines.median("RESET", reset, r -> -r.label().pulseVolts(), Reading::siemens));
    }
    Plot.curves(
        png,
        "Conductance after pulses of rising amplitude",
        Plot.Axis.linear("amplitude", "V"),
        Plot.Axis.linear("conductance", "S"),
        lines);
  }
}
