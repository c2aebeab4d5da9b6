package org.mortal.bench.program;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mortal.bench.run.CsvMatrix;
import org.mortal.bench.run.RunException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Target conductances: from a file, or drawn.
///
/// @param text a CSV file of siemens, `uniform` for conductances drawn evenly from the whole window, or `uniform:LOW..HIGH` for
///   a part of it
/// @param seed of what is drawn: the same seed draws the same for all chips of a shape
public record Targets(String text, long seed) {
  private static final Pattern UNIFORM =
      Pattern.compile("uniform(?::(\\d*\\.?\\d+)\\.\\.(\\d*\\.?\\d+))?");

  /// Targets for an array.
  ///
  /// @throws RunException if there is no such file, it has another shape, or the part of the window is none
  public Batch of(Crossbar crossbar) {
    Matcher matcher = UNIFORM.matcher(text);
    if (!matcher.matches()) {
      return read(crossbar.geometry());
    }
    double low = matcher.group(1) == null ? 0 : Double.parseDouble(matcher.group(1));
    double high = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
    if (!(low <= high && high <= 1)) {
      throw new RunException(
          "target %s: write parts of the window from 0 to 1, the lower first, as uniform:0.1..0.5"
              .formatted(text),
          null);
    }
    return uniform(crossbar.geometry(), crossbar.limits(), low, high);
  }

  private Batch read(Geometry geometry) {
    Batch targets = CsvMatrix.readBatch(Path.of(text));
    if (targets.rows() != geometry.rows() || targets.columns() != geometry.columns()) {
      throw new RunException(
          "%s has %d lines of %d conductances, the array has %d rows of %d cells: give one for each cell"
              .formatted(
                  text, targets.rows(), targets.columns(), geometry.rows(), geometry.columns()),
          null);
    }
    return targets;
  }

  private Batch uniform(Geometry geometry, Limits limits, double low, double high) {
    Philox random = new Philox(seed);
    Batch targets = Batch.zeros(geometry.rows(), geometry.columns());
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        double share = low + (high - low) * random.nextDouble();
        double siemens = limits.minSiemens() + share * limits.windowSiemens();
        // Rounding to float must not lead out of the window.
        targets.set(
            r,
            c,
            Math.clamp((float) siemens, (float) limits.minSiemens(), (float) limits.maxSiemens()));
      }
    }
    return targets;
  }
}
