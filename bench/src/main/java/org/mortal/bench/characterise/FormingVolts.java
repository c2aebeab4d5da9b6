package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// SET pulses of rising amplitude to cells that have never been pulsed, each until it conducts.
///
/// A cell has formed when it conducts a tenth of the window more than the window's low end; it then gets no further pulse.
/// Its forming voltage is taken half a step below the amplitude after which it did.
final class FormingVolts implements Characterisation {
  private static final int READS = 16;
  private static final int POINTS = 40;
  private static final double FORMED = 0.1;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int pulses = settings.pulses(1);
    int points = settings.points(POINTS);
    double most = settings.setVolts(settings.limits().maxPulseVolts());
    double formed = formedSiemens(settings.limits().minSiemens(), settings.limits().maxSiemens());
    steps.read(Phase.AS_FOUND, 0, 0, 0);
    for (int p = 1; p <= points; p++) {
      double volts = Steps.part(most, p, points);
      steps
          .setBelow(pulses, volts, formed)
          .await(settings.interval())
          .read(Phase.SET, 0, p * pulses, volts);
    }
    return steps.plan();
  }

  private static double formedSiemens(double least, double most) {
    return least + FORMED * (most - least);
  }

  @Override
  public Findings find(Readings readings) {
    double formed = formedSiemens(readings.minSiemens(), readings.maxSiemens());
    Reading found = readings.of(Phase.AS_FOUND).getFirst();
    List<Reading> staircase = readings.of(Phase.SET);
    int cells = readings.plan().region().cells();
    double[] volts =
        Statistics.each(
            cells, i -> found.siemens(i) >= formed ? Double.NaN : volts(staircase, i, formed));
    long already = Arrays.stream(found.siemens()).filter(siemens -> siemens >= formed).count();
    int now = Statistics.finite(volts).length;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("formedCells", now);
    figures.put("alreadyFormedCells", already);
    figures.put("unformedCells", cells - now - already);
    figures.put("medianVolts", Statistics.median(volts));
    figures.put("meanVolts", Statistics.mean(volts));
    figures.put("spreadVolts", Statistics.deviation(volts));
    return new Findings(
        figures,
        List.of(new Quantity("formingVolts", "forming voltage", "V", volts)),
        List.of(new Picture("staircase", png -> draw(png, staircase))));
  }

  private static double volts(List<Reading> staircase, int cell, double formedSiemens) {
    double before = 0;
    for (Reading reading : staircase) {
      double volts = reading.label().pulseVolts();
      if (reading.siemens(cell) >= formedSiemens) {
        return (before + volts) / 2;
      }
      before = volts;
    }
    return Double.NaN;
  }

  private static void draw(Path png, List<Reading> staircase) {
    List<Plot.Line> lines =
        Lines.ofCells("conductance", staircase, r -> r.label().pulseVolts(), Reading::siemens);
    lines.add(Lines.median("median", staircase, r -> r.label().pulseVolts(), Reading::siemens));
    Plot.curves(
        png,
        "Conductance after SET pulses of rising amplitude",
        Plot.Axis.linear("amplitude", "V"),
        Plot.Axis.linear("conductance", "S"),
        lines);
  }
}
