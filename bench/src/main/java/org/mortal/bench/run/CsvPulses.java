package org.mortal.bench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mortal.sim.fit.PulsePoint;

/// Reads measured pulses from a CSV file with a header.
///
/// Columns, in any order: `direction` (`set` or `reset`, `+1` or `-1`), `siemens` after the pulse, and if they are there
/// `pulse`, a running number, which begins anew where it does not rise, and `device`. Empty lines and lines that begin
/// with `#` are passed over.
public final class CsvPulses {
  private static final double MOST_PULSES = 1e9;

  // A cell of 1 ohm would be a short; such a number is one of another unit.
  private static final double MOST_SIEMENS = 1;

  private final Map<String, Integer> lastNumber = new HashMap<>();

  private CsvPulses() {}

  /// The points in `file`, two at least.
  ///
  /// @throws RunException if the file cannot be read, naming the line that is wrong
  public static List<PulsePoint> read(Path file) {
    CsvPulses pulses = new CsvPulses();
    List<PulsePoint> points = CsvColumns.read(file, List.of("direction", "siemens"), pulses::point);
    if (points.size() < 2) {
      throw new RunException(
          "%s holds %d points: a step needs two, a fit many".formatted(file, points.size()), null);
    }
    return points;
  }

  private PulsePoint point(CsvColumns.Line line) {
    String device = line.has("device") ? line.text("device") : "";
    int pulses = direction(line) * count(line, device);
    double siemens = line.finite("siemens");
    if (siemens < 0) {
      throw line.wrong("a conductance of %s S is below 0".formatted(line.text("siemens")));
    }
    if (siemens > MOST_SIEMENS) {
      throw line.wrong(
          "a conductance of %s S is above that of a short: give siemens, for example 5e-5"
              .formatted(line.text("siemens")));
    }
    return new PulsePoint(device, pulses, siemens);
  }

  private static int direction(CsvColumns.Line line) {
    String text = line.text("direction");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "set", "+1", "1" -> 1;
      case "reset", "-1" -> -1;
      default -> throw line.wrong("direction '%s' is none of set, reset, +1, -1".formatted(text));
    };
  }

  /// Pulses since the device's point before.
  private int count(CsvColumns.Line line, String device) {
    if (!line.has("pulse")) {
      return 1;
    }
    double number = line.finite("pulse");
    if (number != Math.rint(number) || number < 0 || number > MOST_PULSES) {
      throw line.wrong("pulse '%s' is no count".formatted(line.text("pulse")));
    }
    Integer last = lastNumber.put(device, (int) number);
    return last != null && number > last ? (int) number - last : (int) Math.min(number, 1);
  }
}
