package org.mortal.bench.run;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.mortal.sim.fit.PulsePoint;

/// Reads measured pulses from a CSV file with a header.
///
/// Columns, in any order: `direction` (`set` or `reset`, `+1` or `-1`), `siemens` after the pulse, and if they are there
/// `pulse`, a running number, which begins anew where it does not rise, and `device`. Empty lines and lines that begin
/// with `#` are passed over.
public final class CsvPulses {
  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.DEFAULT)
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .setCommentMarker('#')
          .get();

  private final Path file;
  private final Map<String, Integer> lastNumber = new HashMap<>();

  private CsvPulses(Path file) {
    this.file = file;
  }

  /// The points in `file`, two at least.
  ///
  /// @throws RunException if the file cannot be read, naming the line and column that is wrong
  public static List<PulsePoint> read(Path file) {
    return new CsvPulses(file).read();
  }

  private List<PulsePoint> read() {
    List<PulsePoint> points = new ArrayList<>();
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(text())).setFormat(FORMAT).get()) {
      for (String column : List.of("direction", "siemens")) {
        if (!parser.getHeaderMap().containsKey(column)) {
          throw new RunException(
              "%s has no column '%s', only %s: name the columns in its first line"
                  .formatted(file, column, parser.getHeaderNames()),
              null);
        }
      }
      for (CSVRecord record : parser) {
        points.add(point(record, parser.getCurrentLineNumber()));
      }
    } catch (UncheckedIOException e) {
      throw RunException.of("cannot read", file, e.getCause(), "give a CSV file with a header");
    } catch (IOException e) {
      throw RunException.of("cannot read", file, e, "give a CSV file with a header");
    } catch (IllegalArgumentException e) {
      // The parser's own complaint about a header, for example two columns of one name.
      throw new RunException("%s: %s".formatted(file, e.getMessage()), e);
    }
    if (points.size() < 2) {
      throw new RunException(
          "%s holds %d points: a step needs two, a fit many".formatted(file, points.size()), null);
    }
    return points;
  }

  private String text() throws IOException {
    String text = Files.readString(file);
    // Spreadsheets put a byte-order mark before the first field.
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private PulsePoint point(CSVRecord record, long line) {
    if (!record.isConsistent()) {
      throw wrong(
          line, "%d fields where the header has %d".formatted(record.size(), columns(record)));
    }
    String device = record.isMapped("device") ? record.get("device") : "";
    int pulses = direction(record.get("direction"), line) * count(record, device, line);
    double siemens = number(record.get("siemens"), "siemens", line);
    if (siemens < 0) {
      throw wrong(line, "a conductance of %s S is below 0".formatted(record.get("siemens")));
    }
    return new PulsePoint(device, pulses, siemens);
  }

  private static int columns(CSVRecord record) {
    return record.getParser().getHeaderNames().size();
  }

  private int direction(String text, long line) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "set", "+1", "1" -> 1;
      case "reset", "-1" -> -1;
      default ->
          throw wrong(line, "direction '%s' is none of set, reset, +1, -1".formatted(text));
    };
  }

  /// Pulses since the device's point before.
  private int count(CSVRecord record, String device, long line) {
    if (!record.isMapped("pulse")) {
      return 1;
    }
    double number = number(record.get("pulse"), "pulse", line);
    if (number != Math.rint(number) || number < 0 || number > 1e9) {
      throw wrong(line, "pulse '%s' is no count".formatted(record.get("pulse")));
    }
    Integer last = lastNumber.put(device, (int) number);
    return last != null && number > last ? (int) number - last : (int) Math.min(number, 1);
  }

  private double number(String text, String column, long line) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is none.
    }
    throw wrong(line, "%s '%s' is no finite number".formatted(column, text));
  }

  private RunException wrong(long line, String what) {
    return new RunException("%s, line %d: %s".formatted(file, line, what), null);
  }
}
