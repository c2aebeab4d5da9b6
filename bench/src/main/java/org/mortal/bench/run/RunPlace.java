package org.mortal.bench.run;

import java.nio.file.Path;

/// Where run folders are kept.
///
/// @param path made when it is needed
/// @param listener hears of the manifests of all runs there
public record RunPlace(Path path, RunListener listener) {

  /// A run folder that exists already.
  public RunFolder at(Path folder) {
    return new RunFolder(folder, listener);
  }
}
