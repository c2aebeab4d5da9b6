package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// SET pulses one after the other from the low end of the window, then RESET pulses from the high end, round by round.
///
/// Steps are judged where a cell is between a fifth and four fifths of its own range.
final class PulseResponse implements Characterisation {
  private static final int READS = 4;
  private static final int CYCLES = 2;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int pulses = settings.pulses(1);
    int points = settings.points(Math.max(1, settings.windowPulses() / pulses));
    steps.read(Phase.AS_FOUND, 0, 0, 0).reset(2 * settings.windowPulses());
    int cycles = settings.cycles(CYCLES);
    for (int cycle = 0; cycle < cycles; cycle++) {
      steps.await(settings.interval()).read(Phase.SET, cycle, 0, 0);
      for (int p = 1; p <= points; p++) {
        steps
            .set(pulses)
            .await(settings.interval())
            .read(Phase.SET, cycle, p * pulses, settings.setVolts());
      }
      steps.read(Phase.RESET, cycle, 0, 0);
      for (int p = 1; p <= points; p++) {
        steps
            .reset(pulses)
            .await(settings.interval())
            .read(Phase.RESET, cycle, p * pulses, settings.resetVolts());
      }
    }
    return steps.plan();
  }

  @Override
  public Findings find(Readings readings) {
    int cells = readings.plan().region().cells();
    PulseSteps set = PulseSteps.of(readings, Phase.SET);
    PulseSteps reset = PulseSteps.of(readings, Phase.RESET);
    double[] window = Statistics.each(cells, i -> window(readings, i));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("windowSiemens", Statistics.median(window));
    figures.put("setStepSiemens", Statistics.median(set.stepSiemens()));
    figures.put("setSpread", relative(set.stepSiemens()));
    figures.put("setCycleNoise", set.cycleNoise());
    figures.put("setCycleNoiseError", set.cycleNoiseError());
    figures.put("resetStepSiemens", Statistics.median(reset.stepSiemens()));
    figures.put("resetSpread", relative(reset.stepSiemens()));
    figures.put("resetCycleNoise", reset.cycleNoise());
    figures.put("resetCycleNoiseError", reset.cycleNoiseError());
    return new Findings(
        figures,
        List.of(
            new Quantity("setStepSiemens", "step of a SET pulse", "S", set.stepSiemens()),
            new Quantity("resetStepSiemens", "step of a RESET pulse", "S", reset.stepSiemens()),
            new Quantity("windowSiemens", "window", "S", window)),
        List.of(
            new Picture("set", png -> draw(png, "SET", readings.of(Phase.SET))),
            new Picture("reset", png -> draw(png, "RESET", readings.of(Phase.RESET)))),
        Map.of("levels", PulseSteps.table(set, reset)));
  }

  /// The spread from cell to cell.
  private static double relative(double[] steps) {
    return Math.abs(Statistics.deviation(steps) / Statistics.mean(steps));
  }

  private static double window(Readings readings, int cell) {
    double[] set = Statistics.each(readings.of(Phase.SET), r -> r.siemens(cell));
    return Statistics.quantile(set, 1) - Statistics.quantile(set, 0);
  }

  private static void draw(Path png, String name, List<Reading> readings) {
    List<Reading> first = readings.stream().filter(r -> r.label().cycle() == 0).toList();
    List<Plot.Line> lines =
        Lines.ofCells("conductance", first, PulseResponse::pulses, Reading::siemens);
    int cycles = readings.stream().mapToInt(r -> r.label().cycle() + 1).max().orElse(0);
    for (int cycle = 0; cycle < Math.min(cycles, 6); cycle++) {
      int one = cycle;
      List<Reading> round = readings.stream().filter(r -> r.label().cycle() == one).toList();
      String title = "median, round " + (cycle + 1);
      lines.add(Lines.median(title, round, PulseResponse::pulses, Reading::siemens));
    }
    Plot.curves(
        png,
        "Response to %s pulses".formatted(name),
        Plot.Axis.linear("%s pulses".formatted(name), ""),
        Plot.Axis.linear("conductance", "S"),
        lines);
  }

  private static double pulses(Reading reading) {
    return reading.label().pulses();
  }
}
