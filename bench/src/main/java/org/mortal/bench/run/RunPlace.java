package org.mortal.bench.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where run folders are kept.
///
/// @param path made when it is needed
/// @param listener hears of the manifests of all runs there
public record RunPlace(Path path, RunListener listener) {

  /// A run folder that exists already, without what a process that was killed has left unfinished there.
  ///
  /// @throws RunException if that cannot be removed
  public RunFolder at(Path folder) {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, WholeFile.PARTS)) {
      for (Path part : parts) {
        Files.delete(part);
      }
    } catch (IOException e) {
      throw RunException.of("cannot go on in", folder, e, "look who may write there");
    }
    return new RunFolder(folder, listener);
  }
}
