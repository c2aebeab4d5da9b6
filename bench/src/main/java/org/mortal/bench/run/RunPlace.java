package org.mortal.bench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Where run folders are kept.
///
/// @param path made when it is needed
/// @param listener hears of the manifests of all runs there
/// @param calibrations of the chips that were opened so far
public record RunPlace(
    Path path, RunListener listener, Supplier<List<CalibrationMark>> calibrations) {

  /// A run folder that exists already.
  public RunFolder at(Path folder) {
    return new RunFolder(folder, listener, calibrations);
  }
}
