package org.mortal.bench.run;

import java.nio.file.Path;

/// Has its say about each manifest, and hears of it once it is written.
@FunctionalInterface
public interface RunListener {
  /// Nobody.
  RunListener NONE = (_, _) -> {};

  /// The manifest that is written instead: the same, or one that says more.
  default RunManifest completed(RunManifest manifest) {
    return manifest;
  }

  /// @param folder of the run
  void written(Path folder, RunManifest manifest);
}
