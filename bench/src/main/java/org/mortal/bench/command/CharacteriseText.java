package org.mortal.bench.command;

import java.util.Map;
import java.util.Optional;
import org.mortal.bench.characterise.Findings;
import org.mortal.bench.characterise.Kind;
import org.mortal.bench.characterise.PlanCost;
import org.mortal.bench.characterise.Readings;
import org.mortal.bench.characterise.Region;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;

/// What is printed of a characterisation.
record CharacteriseText(String chipId, Kind kind, Region region, PlanCost cost) {
  private static final double BITS_PER_BYTE = 10;
  private static final double BAUD = 921_600;

  /// Figures by the end of their names, and what they are counted in.
  private static final Map<String, String> UNITS =
      Map.of("Siemens", "S", "SiemensPerLn", "S", "Volts", "V", "Seconds", "s");

  private String heading() {
    return "%s of %s, cells %s (%d)%n".formatted(kind, chipId, region, region.cells());
  }

  /// What a dry run says.
  String plan() {
    String most = cost.atMost() ? "at most " : "";
    return heading()
        + line("row volts", Units.format(cost.peakReadVolts(), "V"))
        + line("pulse volts", Units.format(cost.peakPulseVolts(), "V"))
        + line("pulses", most + cost.pulses())
        + line("wear", most + cost.pulsesPerCell() + " pulses to a cell")
        + line("vectors", String.valueOf(cost.vectors()))
        + line("points", String.valueOf(cost.points()))
        + line("time", most + Units.format(cost.seconds(), "s") + " of pulses and waiting")
        + line(
            "link",
            "about %s, %s at %.0f baud"
                .formatted(
                    Units.format(cost.linkBytes(), "B"),
                    Units.format(cost.linkBytes() * BITS_PER_BYTE / BAUD, "s"),
                    BAUD));
  }

  private static String line(String name, String value) {
    return "  %-24s %s%n".formatted(name, value);
  }

  /// What a run says.
  String report(Optional<Findings> findings, Readings readings, RunFolder folder) {
    StringBuilder text = new StringBuilder(heading());
    findings.ifPresentOrElse(
        found ->
            found.figures().forEach((name, value) -> text.append(line(name, show(name, value)))),
        () -> text.append(line("readings", "none that are certain")));
    readings.resumptions().forEach(moved -> text.append(line("resumed", moved)));
    return text.append("kept in %s%n".formatted(folder.path())).toString();
  }

  private static String show(String name, Object value) {
    if (!(value instanceof Double number)) {
      return String.valueOf(value);
    }
    if (number.isNaN()) {
      return "none";
    }
    return UNITS.entrySet().stream()
        .filter(unit -> name.endsWith(unit.getKey()))
        .findFirst()
        .map(unit -> Units.format(number, unit.getValue()))
        .orElseGet(() -> "%.4g".formatted(number));
  }
}
