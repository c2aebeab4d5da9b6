package org.mortal.bench.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;

/// The folder of one run: `<runs>/<yyyyMMdd-HHmmss>-<command>-<n>`.
///
/// @param path the folder, which exists
/// @param listener hears of its manifests
/// @param calibrations that its manifests are to name
public record RunFolder(
    Path path, RunListener listener, Supplier<List<CalibrationMark>> calibrations) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /// The file that says what was done.
  public static final String MANIFEST = "manifest.json";

  /// A folder that nobody else hears of.
  public RunFolder(Path path) {
    this(path, RunListener.NONE, List::of);
  }

  /// Makes a new folder that nobody else hears of.
  ///
  /// @throws RunException if it cannot be made
  public static RunFolder create(Path runs, String command) {
    return create(new RunPlace(runs, RunListener.NONE, List::of), command);
  }

  /// Makes a new folder. No other run has it, even of another process in the same second.
  ///
  /// @param runs where runs are kept; made if need be
  /// @param command its name, blanks become hyphens
  /// @throws RunException if it cannot be made
  public static RunFolder create(RunPlace runs, String command) {
    String stem = LocalDateTime.now().format(TIME) + "-" + command.replace(' ', '-') + "-";
    try {
      Files.createDirectories(runs.path());
      for (int n = 1; ; n++) {
        try {
          // Making a folder is one step: of two that try, one finds it there.
          return runs.at(Files.createDirectory(runs.path().resolve(stem + n)));
        } catch (FileAlreadyExistsException e) {
          // The next number, then.
        }
      }
    } catch (IOException e) {
      throw RunException.of(
          "cannot make a run folder in", runs.path(), e, "choose another place with --runs DIR");
    }
  }

  /// A file of this run, for writers of their own.
  public Path file(String name) {
    return path.resolve(name);
  }

  /// Writes a text file.
  ///
  /// @return the file
  /// @throws RunException if it cannot be written
  public Path write(String name, String text) {
    WholeFile.write(file(name), text);
    return file(name);
  }

  /// Writes a table.
  ///
  /// @return the file
  /// @throws RunException if it cannot be written
  public Path write(String name, CsvTable table) {
    table.write(file(name));
    return file(name);
  }

  /// Writes `manifest.json` with the calibrations in use, and tells the listener.
  ///
  /// @throws RunException if it cannot be written
  public Path write(RunManifest manifest) {
    List<CalibrationMark> marks = calibrations.get();
    RunManifest whole = marks.isEmpty() ? manifest : manifest.withCalibrations(marks);
    Path file = write(MANIFEST, whole.toJson());
    listener.written(path, whole);
    return file;
  }
}
