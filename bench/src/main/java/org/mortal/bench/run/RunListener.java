package org.mortal.bench.run;

import java.nio.file.Path;

/// Hears of each manifest once it is written.
@FunctionalInterface
public interface RunListener {
  /// Nobody.
  RunListener NONE = (_, _) -> {};

  /// @param folder of the run
  void written(Path folder, RunManifest manifest);
}
