package org.mortal.bench.characterise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Label;
import org.mortal.bench.characterise.Step.Phase;

/// Conductances of all cells as they are; no pulses.
final class ResistanceMap implements Characterisation {
  private static final int READS = 16;

  @Override
  public boolean wholeArray() {
    return true;
  }

  @Override
  public Plan plan(Settings settings) {
    return new Steps(settings, READS).read(Label.AS_FOUND, settings.readVolts()).plan();
  }

  @Override
  public Findings find(Readings readings) {
    double[] siemens = readings.of(Phase.AS_FOUND).getFirst().siemens();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("medianSiemens", Statistics.median(siemens));
    figures.put("spreadSiemens", Statistics.deviation(siemens));
    figures.put("leastSiemens", Statistics.quantile(siemens, 0));
    figures.put("mostSiemens", Statistics.quantile(siemens, 1));
    return new Findings(
        figures, List.of(new Quantity("siemens", "conductance", "S", siemens)), List.of());
  }
}
