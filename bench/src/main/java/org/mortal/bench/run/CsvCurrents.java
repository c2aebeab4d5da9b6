package org.mortal.bench.run;

import java.nio.file.Path;
import java.util.List;
import org.mortal.sim.fit.IvPoint;

/// Reads measured currents from a CSV file with a header.
///
/// Columns, in any order: `volts`, `amps`, and if it is there `device`. Empty lines and lines that begin with `#` are
/// passed over.
public final class CsvCurrents {
  private CsvCurrents() {}

  /// The points in `file`.
  ///
  /// @throws RunException if the file cannot be read, naming the line that is wrong
  public static List<IvPoint> read(Path file) {
    return CsvColumns.read(
        file,
        List.of("volts", "amps"),
        line ->
            new IvPoint(
                line.has("device") ? line.text("device") : "",
                line.finite("volts"),
                line.finite("amps")));
  }
}
