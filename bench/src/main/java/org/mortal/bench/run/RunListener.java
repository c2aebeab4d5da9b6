package org.mortal.bench.run;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Has its say about each manifest, and hears of it once it is written.
@FunctionalInterface
public interface RunListener {
  /// Nobody.
  RunListener NONE = (_, _) -> {};

  /// The manifest that is written instead: the same, or one that says more.
  default RunManifest completed(RunManifest manifest) {
    return manifest;
  }

  /// Hears the same, once `completion` has added to what this one would have written.
  default RunListener after(UnaryOperator<RunManifest> completion) {
    RunListener listener = this;
    return new RunListener() {
      @Override
      public RunManifest completed(RunManifest manifest) {
        return completion.apply(listener.completed(manifest));
      }

      @Override
      public void written(Path folder, RunManifest manifest) {
        listener.written(folder, manifest);
      }
    };
  }

  /// @param folder of the run
  void written(Path folder, RunManifest manifest);
}
